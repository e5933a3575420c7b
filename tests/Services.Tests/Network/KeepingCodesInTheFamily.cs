using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Calendars;
using Courier.Services.Customers;
using Courier.Services.Network;
using Courier.Services.Network.Codes;

namespace Courier.Services.Tests.Network;

public sealed class KeepingCodesInTheFamilyOnSqlite() : KeepingCodesInTheFamily(DatabaseProvider.Sqlite);

public sealed class KeepingCodesInTheFamilyOnMariaDb() : KeepingCodesInTheFamily(DatabaseProvider.MySql);

public abstract class KeepingCodesInTheFamily(DatabaseProvider provider) : IAsyncLifetime
{
    private Stage _stage = null!;
    private CustomerId _me, _other;

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(provider);
        (_me, _other) = (await Somebody("o-1"), await Somebody("o-2"));
        await _stage.Db.InTransaction(tx => RegisterLockers.Execute(tx, _stage.Clock,
            [new NewLocker(LockerCode.Parse("K1"), "快柜", "330102", "某路", 30, 120, DailyHours.Parse("00:00-24:00"), "", "", 10, 1, 0, 0)], default));
    }

    public async Task DisposeAsync() => await _stage.DisposeAsync();

    [Fact]
    public async Task Free_time_is_what_the_text_says_else_what_the_place_gives_and_the_waybill_is_kept_encrypted()
    {
        await Keep(_me, "1", "快柜");
        await Keep(_me, "2", "别处");
        var until = _stage.Clock.GetUtcNow().AddHours(4);
        await CodeWallet.Keep(_stage.Db, _stage.Keys, _stage.Clock, _me, new PastedCode("3", "快柜", "") { FreeUntil = until, Waybill = "YT7712345678901" }, default);
        (await Open(_me)).OrderBy(c => c.Code).Select(c => (c.FreeUntil, c.Waybill)).ShouldBe([(_stage.Clock.GetUtcNow().AddHours(10), ""), (null, ""), (until, "YT7712345678901")]);
        (await _stage.Db.First<long>("select count(*) from network_codes where content_cipher like '%YT77%'")).ShouldBe(0);
    }

    [Fact]
    public async Task The_same_text_with_another_end_of_the_free_time_updates_the_code_and_a_span_that_is_read_again_does_not()
    {
        var now = _stage.Clock.GetUtcNow();
        var named = ChinaTime.In(now).AddDays(2).Date.AddHours(20);
        var end = new DateTimeOffset(named, ChinaTime.Offset);
        (await Paste("您的包裹已到百花店，取件码5-1-1111，18小时内免费")).ShouldBe((true, false, now.AddHours(18)));
        _stage.Clock.Sleep(TimeSpan.FromHours(2));
        (await Paste("您的包裹已到百花店，取件码5-1-1111，18小时内免费")).ShouldBe((false, false, now.AddHours(18)));
        (await Paste("您的包裹已到百花店，取件码5-1-1111，4小时内免费")).ShouldBe((false, true, now.AddHours(6)));
        (await Paste($"您的圆通快递YT7712345678901已到百花店，取件码5-1-1111，{named:M月d日}20:00前取件免费")).ShouldBe((false, true, end));
        var kept = (await Open(_me)).ShouldHaveSingleItem();
        (kept.Carrier, kept.Waybill, kept.FreeUntil).ShouldBe(("圆通", "YT7712345678901", end));

        (await CodeWallet.Mark(_stage.Db, _stage.Clock, [_me], kept.Id, true, default)).ShouldBeTrue();
        (await Paste("您的包裹已到百花店，取件码5-1-1111，18小时内免费")).ShouldBe((false, true, now.AddHours(20)), "it came again");

        async Task<(bool, bool, DateTimeOffset?)> Paste(string text)
        {
            var one = (await CodeWallet.KeepAll(_stage.Db, _stage.Keys, _stage.Clock, _me, PastedCodes.Read(text, _stage.Clock.GetUtcNow()), default)).ShouldHaveSingleItem();
            return (one.IsNew, one.IsUpdated, one.Code.FreeUntil);
        }
    }

    [Fact]
    public async Task The_same_code_pasted_at_the_same_moment_stands_once_encrypted_and_is_forgotten_after_two_weeks()
    {
        var kept = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Keep(_me, "77-7-7777", "快柜")));
        kept.Count(k => k.IsNew).ShouldBe(1);
        (await _stage.Db.First<long>("select count(*) from network_codes where content_cipher like '%7777%'")).ShouldBe(0);
        (await CodeWallet.Mark(_stage.Db, _stage.Clock, [_me], kept[0].Code.Id, true, default)).ShouldBeTrue();
        (await Open(_me)).ShouldBeEmpty();
        (await Keep(_me, "77-7-7777", "快柜")).IsNew.ShouldBeFalse("pasted again it waits again");
        (await Open(_me)).ShouldHaveSingleItem();
        _stage.Clock.Sleep(TimeSpan.FromDays(15));
        (await Open(_me)).ShouldBeEmpty();
        await _stage.Run<PurgeCodes>();
        (await _stage.Db.First<long>("select count(*) from network_codes")).ShouldBe(0);
    }

    [Fact]
    public async Task Codes_that_are_pasted_together_are_all_kept_or_none()
    {
        await Keep(_me, "0", "快柜");
        var many = Enumerable.Range(0, 50).Select(i => new PastedCode($"{i}", "快柜", "")).ToList();
        var kept = await CodeWallet.KeepAll(_stage.Db, _stage.Keys, _stage.Clock, _me, [.. many, many[7]], default);
        kept.Select(k => (k.Code.Code, k.IsNew)).ShouldBe(many.Select((m, i) => (m.Code, i > 0)));
        (await Should.ThrowAsync<RuleBroken>(() => CodeWallet.KeepAll(_stage.Db, _stage.Keys, _stage.Clock, _me, [.. Enumerable.Range(50, 51).Select(i => new PastedCode($"{i}", "", ""))], default)))
            .Code.ShouldBe("code.too_many");
        (await Open(_me)).Count.ShouldBe(50);
    }

    [Fact]
    public async Task An_invitation_is_for_one_and_of_two_who_take_the_last_place_one_gets_it()
    {
        var invites = await Task.WhenAll(Enumerable.Range(0, 9).Select(async _ => (await Family.Invite(_stage.Db, _stage.Keys, _stage.Clock, _me, "我", default)).Token));
        for (var i = 0; i < 6; i++) (await Accept(await Somebody($"m-{i}"), invites[i])).ShouldBeTrue();
        var (late, later) = (await Somebody("x-1"), await Somebody("x-2"));
        var last = await Task.WhenAll(TryAccept(late, invites[6]), TryAccept(later, invites[7]));
        last.ShouldBe(["joined", "family.full"], ignoreOrder: true);
        (await Family.Of(_stage.Db, _stage.Keys, _me, default)).Count.ShouldBe(Family.Most);
        (await Accept(_other, invites[0])).ShouldBeFalse("it is used up");
        (await Should.ThrowAsync<RuleBroken>(() => Family.Invite(_stage.Db, _stage.Keys, _stage.Clock, _me, "我", default))).Code.ShouldBe("family.full");
        _stage.Clock.Advance(TimeSpan.FromHours(25));
        (await Accept(_other, invites[8])).ShouldBeFalse("it is over");
    }

    [Fact]
    public async Task Who_is_in_a_family_leaves_it_before_joining_another_and_who_is_alone_need_not()
    {
        var third = await Somebody("o-3");
        var (mine, theirs) = ((await Family.Invite(_stage.Db, _stage.Keys, _stage.Clock, _me, "我", default)).Token, (await Family.Invite(_stage.Db, _stage.Keys, _stage.Clock, _other, "她", default)).Token);
        (await Accept(third, theirs)).ShouldBeTrue();
        (await Should.ThrowAsync<RuleBroken>(() => Accept(third, mine))).Code.ShouldBe("family.already_in_one");
        (await Accept(_me, (await Family.Invite(_stage.Db, _stage.Keys, _stage.Clock, _other, "她", default)).Token)).ShouldBeTrue("alone in my own");
        (await Accept(await Somebody("o-4"), mine)).ShouldBeFalse("that family is no more");
        var members = await Family.Of(_stage.Db, _stage.Keys, _me, default);
        members.Select(m => m.Customer).ShouldBe([_other, third, _me], ignoreOrder: true);
        (await Family.SendAway(_stage.Db, _me, members.Single(m => m.Customer == third).Id, default)).ShouldBeFalse("only the owner");
        (await Family.SendAway(_stage.Db, _other, members.Single(m => m.Customer == third).Id, default)).ShouldBeTrue();
        (await Family.Of(_stage.Db, _stage.Keys, third, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Codes_and_family_go_along_with_a_merge_and_back()
    {
        await Keep(_other, "1", "快柜");
        await Keep(_other, "2", "快柜");
        await Keep(_me, "2", "快柜");
        await Accept(_other, (await Family.Invite(_stage.Db, _stage.Keys, _stage.Clock, await Somebody("o-3"), "她", default)).Token);
        var merge = Ids.New(_stage.Clock);
        await _stage.Db.Execute("insert into customers_merges (id, from_id, into_id, reason, merged_at) values (@merge, @_other, @_me, 'phone', 1)", new { merge, _other, _me });
        await _stage.Db.InTransaction(tx => tx.Publish(new CustomerMerged(_other, _me, 9, merge)));
        await _stage.Deliver();
        (await Open(_me)).Select(c => c.Code).ShouldBe(["1", "2"], ignoreOrder: true);
        (await Family.Of(_stage.Db, _stage.Keys, _me, default)).Count.ShouldBe(2);
        await _stage.Db.InTransaction(tx => tx.Publish(new CustomerMergeUndone(merge, _other, _me, 10)));
        await _stage.Deliver();
        (await Open(_me)).ShouldHaveSingleItem();
        (await Open(_other)).Count.ShouldBe(2);
        (await Family.Of(_stage.Db, _stage.Keys, _me, default)).ShouldBeEmpty();
    }

    private Task<CustomerId> Somebody(string openId) => RecogniseCustomer.Execute(_stage.Db, _stage.Clock, new WechatIdentity("wx1", OpenId.Parse(openId), null), default);

    private Task<KeptCode> Keep(CustomerId who, string code, string place) => CodeWallet.Keep(_stage.Db, _stage.Keys, _stage.Clock, who, new PastedCode(code, place, ""), default);

    private Task<IReadOnlyList<SavedCode>> Open(CustomerId who) => CodeWallet.Of(_stage.Db, _stage.Keys, _stage.Clock, [who], fetched: false, default);

    private Task<bool> Accept(CustomerId who, string token) => Family.Accept(_stage.Db, _stage.Keys, _stage.Clock, who, token, "名字", default);

    private async Task<string> TryAccept(CustomerId who, string token)
    {
        try { return await Accept(who, token) ? "joined" : "refused"; }
        catch (RuleBroken broken) { return broken.Code; }
    }
}
