-- Pages near a point that is never twice the same, so that no cache answers. The path's '#' becomes five digits.
local path, n
function init(args)
	path = args[1]
	n = math.random(0, 89999)
end
function request()
	n = (n + 7919) % 90000
	return wrk.format("GET", (path:gsub("#", tostring(10000 + n))))
end
