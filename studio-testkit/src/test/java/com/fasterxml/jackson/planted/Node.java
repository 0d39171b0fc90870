package com.fasterxml.jackson.planted;

/** Stands for a type of Jackson, which is not on this module's class path. */
public final class Node {}
