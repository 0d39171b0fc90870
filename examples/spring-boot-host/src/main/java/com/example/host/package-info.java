@NullMarked
package com.example.host;

import org.jspecify.annotations.NullMarked;
