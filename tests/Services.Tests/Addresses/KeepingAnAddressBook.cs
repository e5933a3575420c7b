using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Addresses.Book;
using Courier.Services.Customers;

namespace Courier.Services.Tests.Addresses;

public sealed class KeepingAnAddressBookOnSqlite() : KeepingAnAddressBook(DatabaseProvider.Sqlite);

public sealed class KeepingAnAddressBookOnMariaDb() : KeepingAnAddressBook(DatabaseProvider.MySql);

public abstract class KeepingAnAddressBook(DatabaseProvider provider) : IAsyncLifetime
{
    private Stage _stage = null!;
    private CustomerId _me, _other;

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(provider);
        _me = await Somebody("o-1");
        _other = await Somebody("o-2");
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task What_is_the_same_is_answered_and_not_doubled()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Keep(_me, Contact(i % 2 == 0 ? "科苑路8号 A座 301" : "科苑路８号Ａ座，301") with { Name = $"名字{i}" })));
        kept.Count(k => k.IsNew).ShouldBe(1);
        kept.Select(k => k.Address.Id).Distinct().ShouldHaveSingleItem();
        (await Keep(_me, Contact("科苑路8号A座301", "13900000000"))).IsNew.ShouldBeTrue("another number");
        (await Keep(_me, Contact("科苑路8号A座302"))).IsNew.ShouldBeTrue("another room");
        (await Keep(_other, Contact("科苑路8号A座301"))).IsNew.ShouldBeTrue("another book");
        (await List(_me)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Defaults_come_first_then_what_is_used_most_and_words_find_entries()
    {
        var home = (await Keep(_me, Contact("家园路1号"), "家")).Address;
        var work = (await Keep(_me, Contact("工业路2号") with { Name = "李雷" }, "公司")).Address;
        var shop = (await KeepAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, _me, Contact("商店街3号", "075512345678"), null, true, false, default)).Address;
        Task Use(CustomerId who, params ContactAddress[] contacts) =>
            _stage.Db.InTransaction(tx => UseAddress.Execute(tx, _stage.Keys, _stage.Clock.GetUtcNow(), who, contacts, default));
        await Use(_me, work.Contact, Contact("无名路9号"));
        await Use(_me, work.Contact);
        await Use(_other, home.Contact);
        (await List(_me)).Select(a => (a.Id, a.Uses)).ShouldBe([(shop.Id, 0), (work.Id, 2), (home.Id, 0)]);
        (await AddressBook.Default(_stage.Db, _stage.Keys, _me, asSender: true, default))!.Id.ShouldBe(shop.Id);
        (await AddressBook.Default(_stage.Db, _stage.Keys, _me, asSender: false, default)).ShouldBeNull();
        (await List(_me, "李雷")).ShouldHaveSingleItem().Id.ShouldBe(work.Id);
        (await List(_me, "0755")).ShouldHaveSingleItem().Id.ShouldBe(shop.Id);
        (await List(_me, "南山 公司")).ShouldHaveSingleItem().Id.ShouldBe(work.Id);
        (await List(_me, "不存在")).ShouldBeEmpty();
        var page = await AddressBook.List(_stage.Db, _stage.Keys, _me, "", null, 2, default);
        (page.Addresses.Count, page.Next).ShouldBe((2, "2"));
        (await AddressBook.List(_stage.Db, _stage.Keys, _me, "", page.Next, 2, default)).Addresses.ShouldHaveSingleItem().Id.ShouldBe(home.Id);
    }

    [Fact]
    public async Task A_change_keeps_the_entry_and_may_not_make_a_second_of_the_same()
    {
        var one = (await Keep(_me, Contact("一路1号"))).Address;
        var two = (await Keep(_me, Contact("二路2号"))).Address;
        var changed = (await Change(_me, one.Id, Contact("三路3号")))!;
        (changed.Id, changed.Contact.Address.Detail, changed.DefaultReceive).ShouldBe((one.Id, "三路3号", true));
        (await Should.ThrowAsync<RuleBroken>(() => Change(_me, one.Id, Contact("二路2号")))).Code.ShouldBe("address.same_as_other");
        (await ChangeAddress.Delete(_stage.Db, _stage.Clock, _me, two.Id, default)).ShouldBeTrue();
        (await Change(_me, one.Id, Contact("二路2号")))!.Id.ShouldBe(one.Id, "a deleted twin stands in nobody's way");
        (await Change(_other, one.Id, Contact("四路4号"))).ShouldBeNull();
        (await AddressBook.Find(_stage.Db, _stage.Keys, _other, one.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task What_is_deleted_comes_back_for_thirty_days_and_is_gone_then()
    {
        var (soon, late) = ((await Keep(_me, Contact("一路1号"))).Address, (await Keep(_me, Contact("二路2号"))).Address);
        foreach (var id in (string[])[soon.Id, late.Id]) (await ChangeAddress.Delete(_stage.Db, _stage.Clock, _me, id, default)).ShouldBeTrue();
        (await ChangeAddress.Delete(_stage.Db, _stage.Clock, _me, soon.Id, default)).ShouldBeFalse();
        (await List(_me)).ShouldBeEmpty();
        (await ChangeAddress.Restore(_stage.Db, _stage.Keys, _stage.Clock, _other, soon.Id, default)).ShouldBeNull();
        (await ChangeAddress.Restore(_stage.Db, _stage.Keys, _stage.Clock, _me, soon.Id, default))!.Id.ShouldBe(soon.Id);
        _stage.Clock.Sleep(TimeSpan.FromDays(31));
        (await ChangeAddress.Restore(_stage.Db, _stage.Keys, _stage.Clock, _me, late.Id, default)).ShouldBeNull();
        await _stage.Run<PurgeAddresses>();
        (await _stage.Db.First<long>("select count(*) from addresses_entries")).ShouldBe(1);
        var again = await Keep(_me, Contact("二路2号"));
        (again.IsNew, again.Address.Id == late.Id).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_link_hands_an_entry_on_until_it_ends()
    {
        var mine = (await Keep(_me, Contact("一路1号"), "家")).Address;
        var share = (await ShareAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, _me, mine.Id, 24, default))!;
        (await ShareAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, _me, mine.Id, 48, default))!.Token.ShouldBe(share.Token);
        (await ShareAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, _other, mine.Id, 24, default)).ShouldBeNull();
        var taken = (await Take(_other, share.Token))!;
        (taken.IsNew, taken.Address.Contact, taken.Address.Label).ShouldBe((true, mine.Contact, null));
        (await Take(_other, share.Token))!.IsNew.ShouldBeFalse();
        (await Take(_other, new string('A', 32))).ShouldBeNull();
        (await Take(_other, "short")).ShouldBeNull();
        _stage.Clock.Advance(TimeSpan.FromHours(49));
        (await Take(await Somebody("o-3"), share.Token)).ShouldBeNull("it is over");
        var next = (await ShareAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, _me, mine.Id, 24, default))!;
        (await ShareAddress.Revoke(_stage.Db, _stage.Clock, _me, mine.Id, default)).ShouldBeTrue();
        (await ShareAddress.Revoke(_stage.Db, _stage.Clock, _me, mine.Id, default)).ShouldBeFalse();
        (await Take(await Somebody("o-3"), next.Token)).ShouldBeNull("it was taken back");
        var last = (await ShareAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, _me, mine.Id, 24, default))!;
        await ChangeAddress.Delete(_stage.Db, _stage.Clock, _me, mine.Id, default);
        (await Take(await Somebody("o-3"), last.Token)).ShouldBeNull("it was deleted");
    }

    [Fact]
    public async Task Names_numbers_and_places_lie_encrypted()
    {
        await Keep(_me, Contact("机密路9号"), "家");
        (await _stage.Db.First<long>("select count(*) from addresses_entries where content_cipher like '%13800002222%'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_book_has_its_limit()
    {
        var content = EntryContent.Of(Contact("x"), null).Seal(_stage.Keys);
        await _stage.Db.InTransaction(tx => tx.InsertRows("addresses_entries", ["id", "customer_id", "same_key", "content_cipher", "created_at", "updated_at"],
            Enumerable.Range(0, AddressBook.Most).Select(i => new object?[] { $"{i:x32}", _me, $"{i:x64}", content, 1L, 1L })));
        (await Should.ThrowAsync<RuleBroken>(() => Keep(_me, Contact("一路1号")))).Code.ShouldBe("address.book_full");
        (await Keep(_other, Contact("一路1号"))).IsNew.ShouldBeTrue();
    }

    [Fact]
    public async Task The_book_goes_along_with_a_merge_and_back()
    {
        var only = (await Keep(_other, Contact("一路1号"))).Address;
        await Keep(_other, Contact("二路2号"));
        await Keep(_me, Contact("二路2号"));
        var merge = Ids.New(_stage.Clock);
        await _stage.Db.Execute("insert into customers_merges (id, from_id, into_id, reason, merged_at) values (@merge, @_other, @_me, 'phone', 1)", new { merge, _other, _me });
        await _stage.Db.InTransaction(tx => tx.Publish(new CustomerMerged(_other, _me, 9, merge)));
        await _stage.Deliver();
        (await List(_me)).Select(a => a.Contact.Address.Detail).ShouldBe(["一路1号", "二路2号"], ignoreOrder: true);
        await _stage.Db.InTransaction(tx => tx.Publish(new CustomerMergeUndone(merge, _other, _me, 10)));
        await _stage.Deliver();
        (await List(_me)).ShouldHaveSingleItem();
        (await List(_other)).Count.ShouldBe(2);
        (await List(_other)).ShouldContain(a => a.Id == only.Id);
    }

    private Task<CustomerId> Somebody(string openId) => RecogniseCustomer.Execute(_stage.Db, _stage.Clock, new WechatIdentity("wx1", OpenId.Parse(openId), null), default);

    private Task<KeptAddress> Keep(CustomerId who, ContactAddress contact, string? label = null) =>
        KeepAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, who, contact, label, false, false, default);

    private Task<SavedAddress?> Change(CustomerId who, string id, ContactAddress contact) =>
        ChangeAddress.Execute(_stage.Db, _stage.Keys, _stage.Clock, who, id, contact, null, null, true, default);

    private Task<KeptAddress?> Take(CustomerId who, string token) => ShareAddress.Take(_stage.Db, _stage.Keys, _stage.Clock, who, token, default);

    private async Task<IReadOnlyList<SavedAddress>> List(CustomerId who, string query = "") => (await AddressBook.List(_stage.Db, _stage.Keys, who, query, null, 100, default)).Addresses;

    private static ContactAddress Contact(string detail, string phone = "13800002222") => new("王小明", Phone.Parse(phone), null, new PostalAddress("广东省", "深圳市", "南山区", "粤海街道", detail));
}

public sealed class ReadingTheRegionOfAnAddress
{
    private static readonly Divisions Divisions = new();

    [Theory]
    [InlineData("广东省", "深圳市", "南山区", "广东省/深圳市/南山区")]
    [InlineData("广东", "深圳", "南山", "广东省/深圳市/南山区")]
    [InlineData("北京市", "北京市", "朝阳区", "北京市/北京市/朝阳区")]
    [InlineData("北京", "北京", "朝阳", "北京市/北京市/朝阳区")]
    [InlineData("湖北省", "仙桃市", "", "湖北省/仙桃市/仙桃市")]
    [InlineData("湖北省", "仙桃市", "仙桃市", "湖北省/仙桃市/仙桃市")]
    [InlineData("广东省", "东莞市", "", "广东省/东莞市/")]
    [InlineData("广东省", "深圳市", "", null)]
    [InlineData("广东省", "深圳市", "鼓楼区", null)]
    [InlineData("浙江省", "深圳市", "南山区", null)]
    [InlineData("广东省", "", "", null)]
    [InlineData("火星", "火星市", "火星区", null)]
    public void It_is_written_in_full_or_refused(string province, string city, string district, string? expected)
    {
        var region = KnownRegion.Of(Divisions, province, city, district);
        (region is null ? null : $"{region.Province}/{region.City}/{region.District}").ShouldBe(expected);
    }
}
