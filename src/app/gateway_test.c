/* What goes to an SMS gateway: each value escaped for where it stands. */
#include "app/gateway.h"

#include "unit.h"

static struct config with(str body, str encoding)
{
	return (struct config){ .sms_url = S("https://sms.example.org/{id}?to={to}&key={secret}"), .sms_method = S("POST"), .sms_encoding = encoding,
		.sms_headers = S("Authorization: Bearer {secret} | X-From: {from}"), .sms_body = body, .sms_from = S("Nantes") };
}

static const struct message m = { 42, 0, S_INIT("+33639980001"), S_INIT(""), S_INIT("L'été \"à\" 10 € & \\ {to}\n") };

TEST(gateway_escapes_each_value_for_its_place)
{
	struct arena *a = unit_arena(1 << 20);
	struct gateway_request q;
	struct config c = with(S("{\"to\":\"{to}\",\"text\":\"{text}\"}"), S("json"));
	assert_ok(gateway_request(a, &c, S("a b+c"), &m, &q));
	assert_str(q.url, "https://sms.example.org/42?to=%2B33639980001&key=a%20b%2Bc");
	assert_str(q.body, "{\"to\":\"+33639980001\",\"text\":\"L'été \\\"à\\\" 10 € & \\\\ {to}\\n\"}");
	assert_int_equal(q.n_headers, 3);
	assert_str(q.headers[0], "Content-Type: application/json");
	assert_str(q.headers[1], "Authorization: Bearer a b+c");
	assert_str(q.headers[2], "X-From: Nantes");
	c = with(S("to={to}&text={text}"), S("form"));
	assert_ok(gateway_request(a, &c, S("x"), &m, &q));
	assert_str(q.body, "to=%2B33639980001&text=L%27%C3%A9t%C3%A9%20%22%C3%A0%22%2010%20%E2%82%AC%20%26%20%5C%20%7Bto%7D%0A");
}

TEST(gateway_lets_no_line_into_a_header)
{
	struct arena *a = unit_arena(1 << 20);
	struct gateway_request q;
	struct config c = with(S(""), S("form"));
	assert_err(gateway_request(a, &c, S("x\r\nX-Evil: 1"), &m, &q), INVALID);
	assert_null(gateway_check_pattern(S("\"ok\":(true|1)")));
	assert_non_null(gateway_check_pattern(S("(")));
}
