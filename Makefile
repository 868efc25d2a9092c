# make run serves, make test passes everything; both set up first what is missing. make help lists the rest.
.DEFAULT_GOAL := help
.PHONY: help run test setup generate bench screenshots neo4j clean

help: ## say what there is to make
	@sed -n 's/^\([a-z0-9]*\):[^#]*## /  make \1\t/p' Makefile

# The server needs Go alone. Without npm it serves the API, and pages that say how to build the explorer and the playground.
run: ## set up what is missing and serve on ADDR (127.0.0.1:8080)
	@tools/require.sh go
	@$(MAKE) --no-print-directory web/site/built/size.txt || echo "Going on without the explorer and the playground."
	@go build -o bin/spillover . && exec bin/spillover

ofReading = ^Test(Rules|AnnotatedArticles|TimeGrowsWithLength|HeapGrowsWithLength)$$
test: setup ## set up what is missing and pass every test, on both stores
	@tools/check.sh
	@# Reading is a function of one article. Under the race detector all its rules take twenty times as long and show no more than the
	@# tests that read at the same time do, and time tells nothing.
	go test -race -timeout 40m -skip '$(ofReading)' ./...
	go test -run '$(ofReading)' ./extract
	@cat .setup/report/*

setup: ## fetch what building and testing need, and build the pages: modules, npm packages, suites, Neo4j
	@tools/require.sh go cc git perl javac mvn npm python3 chromium
	@mkdir -p .setup
	@$(MAKE) --no-print-directory .setup/modules
	@$(MAKE) --no-print-directory web/site/built/size.txt
	@setup/suites/fetch.sh
	@setup/neo4j/fetch.sh

# The pages are built anew when what they are made of is newer. size.txt is written last.
web/site/built/size.txt: schema.graphqls web/package-lock.json web/build.sh web/build.mjs web/tsconfig.json $(shell find web/app -type f ! -name '*.gen.ts')
	@web/build.sh

# Building the tests fetches the modules that they and the programs need, and no others.
.setup/modules: go.mod go.sum
	@echo "Fetching Go modules …"
	@go list -deps -test ./... tool >/dev/null
	@touch $@

generate: ## make graph's generated code anew, after schema.graphqls or gqlgen.yml changed
	tools/generate.sh

bench: setup ## measure all, and write docs/benchmarks.md; about half an hour
	go test -run '^$$' -bench . -benchmem ./...
	@bench/run.sh

screenshots: setup ## take the pictures of the explorer in docs/explorer anew; look at each before committing it
	cd web && node_modules/.bin/playwright test --project screenshots

neo4j: ## run a Neo4j of one's own on port 7687, with NEO4J_PASSWORD, its data in .setup/neo4j/data
	@tools/require.sh javac mvn
	@setup/suites/fetch.sh
	@setup/neo4j/fetch.sh
	@setup/neo4j/run.sh 7687 .setup/neo4j/data

clean: ## remove what make fetched and built; databases and the token stay
	rm -rf .setup bin web/site/built web/node_modules web/app/*.gen.ts web/stories/results
