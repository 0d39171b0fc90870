package dev.datastudio.api.planted;

import com.tngtech.archunit.core.domain.JavaClass;

/** A planted third-party type in the API. */
public interface NamesThirdParty {
    JavaClass type();
}
