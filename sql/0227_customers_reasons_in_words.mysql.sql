-- Reasons that name a tag by its code are worked out anew, in words.
insert ignore into customers_touched (customer_id, touch)
select customer_id, 'words' from customers_groups where reason like '%画像标签 %'
union
select customer_id, 'words' from customers_tiers where reason like '%画像标签 %';
