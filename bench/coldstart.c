/* Milliseconds from exec to the first 200: coldstart PORT PATH PROGRAM ARGUMENTS… (then the program is told to stop). */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static bool answers(int port, const char *path)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	char text[512];
	int n = snprintf(text, sizeof text, "GET %s HTTP/1.1\r\nHost: localhost:%d\r\nConnection: close\r\n\r\n", path, port);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool yes = fd >= 0 && connect(fd, (struct sockaddr *)&a, sizeof a) == 0 && send(fd, text, (size_t)n, MSG_NOSIGNAL) == n
		&& recv(fd, text, 12, MSG_WAITALL) == 12 && !memcmp(text + 8, " 200", 4);
	if (fd >= 0)
		close(fd);
	return yes;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	int port = (int)strtol(argv[1], NULL, 10), status;
	double start = now_ms();
	pid_t pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
		dup2(null, 1);
		dup2(null, 2);
		execvp(argv[3], argv + 3);
		_exit(127);
	}
	bool up = false;
	while (!(up = answers(port, argv[2])) && now_ms() - start < 10000 && waitpid(pid, &status, WNOHANG) == 0)
		usleep(300);
	double took = now_ms() - start;
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	if (!up) {
		fprintf(stderr, "%s did not answer on port %d\n", argv[3], port);
		return 1;
	}
	printf("%.1f\n", took);
	return 0;
}
