/** Questions over files: announced, sent to a signed link, asked about; and the files of answers. */
@NullMarked
package dev.datastudio.app.question;

import org.jspecify.annotations.NullMarked;
