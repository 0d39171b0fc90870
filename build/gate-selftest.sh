#!/bin/sh
# Proves that the build's gates close: each fault below must fail its module with its own message, and the module
# without a fault must pass. Works on a copy of the parent, whose modules are replaced by the planted ones, in a
# temporary folder. Needs what `mvn verify` has fetched; run it from anywhere.
set -eu

home=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT INT TERM
modules=

# module NAME [POM-FRAGMENT]: a module of the reactor that inherits the real parent's settings.
module() {
    modules="$modules<module>$1</module>"
    mkdir -p "$work/$1/src/main/java/planted"
    cat >"$work/$1/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>dev.datastudio</groupId>
    <artifactId>studio-parent</artifactId>
    <version>$version</version>
  </parent>
  <artifactId>$1</artifactId>
  <properties><studio.module.name>planted</studio.module.name></properties>
  ${2:-}
</project>
POM
}

# source MODULE FILE: the text on standard input, in the module's planted package.
source() {
    cat >"$work/$1/src/main/java/planted/$2"
}

marked() {
    source "$1" package-info.java <<'JAVA'
/** Planted. */
@NullMarked
package planted;

import org.jspecify.annotations.NullMarked;
JAVA
}

version=$(sed -n 's:.*<version>\(.*\)</version>.*:\1:p' "$home/pom.xml" | head -n 1)
jspecify='<dependencies><dependency><groupId>org.jspecify</groupId><artifactId>jspecify</artifactId></dependency></dependencies>'

enforcing() {
    printf '%s' "<build><plugins><plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-enforcer-plugin</artifactId>
      <executions><execution><id>enforce</id><configuration><rules>$1</rules></configuration></execution></executions></plugin></plugins></build>"
}

module clean "$jspecify"
marked clean
source clean Clean.java <<'JAVA'
package planted;

/** Nothing is wrong here. */
public final class Clean {
    private Clean() {}

    /** One. */
    public static int one() {
        return 1;
    }
}
JAVA

module unformatted
source unformatted Unformatted.java <<'JAVA'
package planted;
/** The formatter would lay this out differently. */
public final class Unformatted { private Unformatted() {}
  public static int one( ) { return 1; } }
JAVA

module unused-import
source unused-import UnusedImport.java <<'JAVA'
package planted;

import java.util.List;

/** Laid out well, but imports what it does not use. */
public final class UnusedImport {
    private UnusedImport() {}
}
JAVA

module null-returned "$jspecify"
marked null-returned
source null-returned NullReturned.java <<'JAVA'
package planted;

/** Gives null where the package promises a value. */
public final class NullReturned {
    private NullReturned() {}

    /** A name. */
    public static String name() {
        return null;
    }
}
JAVA

module self-compared
source self-compared SelfCompared.java <<'JAVA'
package planted;

/** Compares a value with itself. */
public final class SelfCompared {
    private SelfCompared() {}

    /** Always true. */
    public static boolean same(String text) {
        return text.equals(text);
    }
}
JAVA

module unchecked
source unchecked Unchecked.java <<'JAVA'
package planted;

import java.util.List;

/** Casts without a check. */
public final class Unchecked {
    private Unchecked() {}

    /** Texts, it says. */
    public static List<String> texts(Object value) {
        return (List<String>) value;
    }
}
JAVA

# One library in two versions, each needed by another side.
pom_dependency() {
    printf '%s' "<dependency><groupId>dev.datastudio</groupId><artifactId>$1</artifactId><version>$2</version><type>pom</type></dependency>"
}
for release in 1 2; do
    modules="$modules<module>library-$release</module>"
    mkdir "$work/library-$release"
    cat >"$work/library-$release/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>dev.datastudio</groupId>
  <artifactId>library</artifactId>
  <version>$release</version>
  <packaging>pom</packaging>
</project>
POM
    module "side-$release" "<packaging>pom</packaging><dependencies>$(pom_dependency library "$release")</dependencies>"
done
module diverging "<dependencies>$(pom_dependency side-1 "$version")$(pom_dependency side-2 "$version")</dependencies>"

module unpinned '<build><plugins><plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-antrun-plugin</artifactId></plugin></plugins></build>'
module java-of-tomorrow "$(enforcing '<requireJavaVersion><version>[99,)</version></requireJavaVersion>')"
module maven-of-tomorrow "$(enforcing '<requireMavenVersion><version>[99,)</version></requireMavenVersion>')"

mkdir "$work/studio-bom" "$work/.mvn"
cp "$home/studio-bom/pom.xml" "$work/studio-bom/"
cp "$home/.mvn/jvm.config" "$work/.mvn/"
awk -v planted="<module>studio-bom</module>$modules" '
    /<modules>/ { print; print planted; skip = 1 }
    /<\/modules>/ { skip = 0 }
    !skip' "$home/pom.xml" >"$work/pom.xml"

log=$work/log
(cd "$work" && mvn -o -B --fail-at-end verify) >"$log" 2>&1 && {
    printf 'The build passed with every fault planted.\n' >&2
    exit 1
}

failures=0
wrong() {
    printf 'NOT PROVED  %s\n' "$1"
    failures=$((failures + 1))
}

# What Maven printed while it built one module.
section() {
    awk -v name=":$1 >" '/--< .* >--/ { inside = index($0, name) > 0 } inside' "$log"
}

verdict() {
    awk '/Reactor Summary/ { summary = 1 } summary' "$log" | grep -E "^\[INFO\] $1 ([^ ]+ )?\.+ " || true
}

case $(verdict clean) in
*SUCCESS*) printf 'passes      clean: no fault, no failure\n' ;;
*) wrong 'clean: the module without a fault must pass' ;;
esac

# closes MODULE GATE MESSAGE...: the module failed, and its part of the log holds every message.
closes() {
    name=$1
    gate=$2
    shift 2
    case $(verdict "$name") in
    *FAILURE*) ;;
    *)
        wrong "$gate: $name did not fail"
        return
        ;;
    esac
    for message in "$@"; do
        { section "$name"; grep -F "on project $name:" -A 30 "$log"; } | grep -qF -- "$message" || {
            wrong "$gate: $name failed, but not with '$message'"
            return
        }
    done
    printf 'closes      %s: %s\n' "$gate" "$name"
}

closes unformatted 'Spotless' 'format violations' 'Unformatted.java'
closes unused-import 'Spotless' 'format violations' 'UnusedImport.java'
closes null-returned 'NullAway' '[NullAway]' 'NullReturned.java'
closes self-compared 'Error Prone' '[SelfEquals]' 'SelfCompared.java'
closes unchecked '-Xlint and -Werror' 'unchecked cast' 'warnings found and -Werror specified'
closes diverging 'dependency convergence' 'DependencyConvergence' 'dev.datastudio:library:pom:1'
closes unpinned 'pinned plug-ins' 'RequirePluginVersions' 'maven-antrun-plugin'
closes java-of-tomorrow 'Java version' 'RequireJavaVersion'
closes maven-of-tomorrow 'Maven version' 'RequireMavenVersion'

[ "$failures" -eq 0 ] || {
    mkdir -p "$home/target"
    cp "$log" "$home/target/gate-selftest.log"
    printf '%s of the gates are not proved; the log is target/gate-selftest.log\n' "$failures" >&2
    exit 1
}
