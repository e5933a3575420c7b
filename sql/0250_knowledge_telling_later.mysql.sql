-- 1: customers are to be told when it begins, and the search for them has not begun.
alter table knowledge_incidents add column tells_later tinyint not null default 0 check (tells_later in (0, 1));
