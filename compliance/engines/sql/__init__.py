"""The rules as one SQL statement, for DuckDB and for Spark.

`relation` says which columns the statement reads, `statement` builds it as a tree of sqlglot,
`dialects` spells the tree for a database, `engine` answers records with it on DuckDB.

SQL's AND, OR and NOT are strong Kleene logic, with NULL for what is not known: the expression
of a condition's *satisfied* form is TRUE where the condition is satisfied, FALSE where its
*violated* form would be TRUE, and NULL where neither matches. So each condition stands in the
statement once. sqlglot and duckdb, of the extra `sql`, are imported by the modules of this
package and nowhere else.
"""
