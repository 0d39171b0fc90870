CREATE TABLE next_version (note TEXT NOT NULL);
INSERT INTO next_version (note) SELECT name FROM dataset;
