-- A customer said that the account with the same number is somebody else's: neither of the two is asked again.
create table if not exists customers_merge_refusals (
  customer_id char(32) character set ascii collate ascii_bin not null,
  other_id char(32) character set ascii collate ascii_bin not null,
  refused_at bigint not null,
  primary key (customer_id, other_id),
  index customers_merge_refusals_other (other_id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
