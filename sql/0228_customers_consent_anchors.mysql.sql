-- Each night's anchor of the chains of consents: a digest over all chains as they were at that moment, sealed with a key that is not in the database, and with
-- the seal before it. Whoever writes the database alone can hash a chain anew, but not fit it to the anchors.
create table customers_consent_anchors (
  at bigint not null primary key,
  chains bigint not null,
  entries bigint not null,
  digest char(64) character set ascii collate ascii_bin not null,
  previous varchar(64) character set ascii collate ascii_bin not null,
  seal char(64) character set ascii collate ascii_bin not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
