# The commands of Quitus; each is a script that can be run without make.

.PHONY: help run demo build cli setup test test-headless check bench soak pictures dist clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' Makefile | expand -t 24

run: ## build Quitus and open it on the sample company
	@scripts/run.sh

demo: ## the same job on the command line, into out/
	@scripts/demo.sh

build: ## build the program with its window: ./quitus
	@scripts/build.sh window

cli: ## build the program without a window or cgo: ./quitus
	@scripts/build.sh cli

setup: ## install what building and testing need
	@scripts/setup.sh build display

test: ## every test, the real program under a virtual display included
	@scripts/test.sh

test-headless: ## every test that needs neither cgo nor a display
	@scripts/test.sh headless

check: ## format, vet, and staticcheck where installed
	@scripts/check.sh

bench: ## speed, as ratios against what one would use instead
	@scripts/bench.sh

soak: ## the long tests: a thousand kills, a sending killed 200 times, fuzzing
	@scripts/soak.sh

pictures: ## the pictures of the README
	CGO_ENABLED=0 go run -tags ci ./app/shot/pictures

dist: ## packages to double-click, into dist/
	@scripts/dist.sh

clean: ## remove what was built
	rm -rf quitus quitus.exe dist out
