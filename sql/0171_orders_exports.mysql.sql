-- Which days were written for systems without HTTP.
create table if not exists orders_exports (
  kind varchar(16) character set ascii collate ascii_bin not null,
  day char(10) character set ascii collate ascii_bin not null,
  row_count bigint not null,
  written_at bigint not null,
  primary key (kind, day)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
