#!/bin/sh
# Looks into built jars: a fixed module name in each (run after `mvn package`), and the same bytes from two builds of
# studio-api with its sources and Javadoc, made in two folders.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

# The newest jar of a module, which some build beside their libraries in target/app.
jar_of() {
    find "$home/$1/target" -maxdepth 2 -name "$1*.jar" ! -name '*-sources.jar' ! -name '*-javadoc.jar' ! -path '*/lib/*' \
        -exec ls -t {} + | head -n 1
}

for module in $(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' "$home/pom.xml"); do
    case $module in studio-bom | examples/*) continue ;; esac
    wanted=$(sed -n 's:.*<studio.module.name>\(.*\)</.*:\1:p' "$home/$module/pom.xml")
    jar=$(jar_of "$module")
    [ -n "$jar" ] || fail "$module has no jar; run mvn package first"
    [ -d "$home/$module/src/main/java" ] || continue
    found=$(jar --describe-module --file="$jar" | sed -n 's/^\(dev\.datastudio[a-z.]*\)[@ ].*/\1/p')
    [ "$found" = "$wanted" ] || fail "$jar is the module '$found', not '$wanted'"
    printf 'named       %s: %s\n' "$module" "$found"
done

(cd "$work" && jar xf "$(jar_of studio-cli)" META-INF/MANIFEST.MF)
grep -q '^Enable-Native-Access: ALL-UNNAMED' "$work/META-INF/MANIFEST.MF" ||
    fail "the jar of studio-cli does not say Enable-Native-Access: ALL-UNNAMED"
printf 'native      studio-cli: Enable-Native-Access: ALL-UNNAMED\n'

for build in one two; do
    mkdir "$work/$build"
    for part in pom.xml LICENSE .mvn studio-bom studio-api; do
        cp -R "$home/$part" "$work/$build/"
    done
    rm -rf "$work/$build/studio-api/target"
    awk '/<modules>/ { print "<modules><module>studio-bom</module><module>studio-api</module>"; skip = 1 }
        /<\/modules>/ { skip = 0 }
        !skip' "$home/pom.xml" >"$work/$build/pom.xml"
    (cd "$work/$build" && mvn -q -B -ntp -Dquick -DskipTests -Prelease package) >"$work/log" 2>&1 || {
        cat "$work/log" >&2
        fail "the release profile does not build studio-api"
    }
done
count=0
for jar in "$work"/one/studio-api/target/*.jar; do
    cmp "$jar" "$work/two/studio-api/target/$(basename "$jar")" || fail "two builds of $(basename "$jar") differ"
    printf 'equal       %s\n' "$(basename "$jar")"
    count=$((count + 1))
done
[ "$count" -eq 3 ] || fail "the release profile made $count jars of studio-api, not classes, sources and Javadoc"
