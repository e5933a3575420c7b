using System.Text;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Addresses;
using Courier.Services.Lanes;
using Courier.Services.Rates;
using Courier.Services.Staff;

namespace Courier.Services.Tests.Rates;

/// <summary>Cards and quotes on a real database; run on both.</summary>
public abstract class RateSuite(DatabaseProvider provider) : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    private Stage? _stage;

    private Stage Stage => _stage!;
    private Db Db => Stage.Db;
    private StaffId Author { get; } = StaffId.Parse(new string('1', 32));
    private StaffId Publisher { get; } = StaffId.Parse(new string('2', 32));
    private RateBook Book => Stage.Get<RateBook>();

    public async Task InitializeAsync()
    {
        _stage = await Stage.Set(provider);
        await _stage.Begin<LoadFirstCard>();
    }

    public async Task DisposeAsync() => await Stage.DisposeAsync();

    [Fact]
    public async Task The_first_card_is_loaded_once_however_often_the_product_starts()
    {
        await Stage.Begin<LoadFirstCard>();
        var card = (await ListCards.Execute(Db, null, 10, None)).ShouldHaveSingleItem();
        card.State.ShouldBe(CardState.Published);
        (await Book.Current(None)).Id.ShouldBe(card.Id);
    }

    [Fact]
    public async Task A_quote_is_kept_as_it_was_given_and_forgotten_a_day_after_its_end()
    {
        var quote = await Quote(Cards.Request(grams: 2600, mm: (400, 300, 200), tier: "gold"));
        var kept = (await Quotes.Find(Db, quote.Id, None)).ShouldNotBeNull();
        kept.Request.ShouldBe(quote.Request);
        kept.Options.Select(o => o.TotalFen).ShouldBe(quote.Options.Select(o => o.TotalFen));
        kept.Of("standard")!.Lines.ShouldBe(quote.Of("standard")!.Lines);
        kept.ValidUntil.ShouldBe(Stage.Clock.GetUtcNow().AddMinutes(30));
        (kept.IsValid(kept.ValidUntil.AddMilliseconds(-1)), kept.IsValid(kept.ValidUntil)).ShouldBe((true, false));
        (await Quotes.Find(Db, QuoteId.New(Stage.Clock), None)).ShouldBeNull();

        Stage.Clock.Advance(TimeSpan.FromHours(24));
        await Stage.Run<ForgetQuotes>();
        (await Quotes.Find(Db, quote.Id, None)).ShouldNotBeNull();
        Stage.Clock.Advance(TimeSpan.FromHours(1));
        await Stage.Run<ForgetQuotes>();
        (await Quotes.Find(Db, quote.Id, None)).ShouldBeNull();
    }

    [Fact]
    public async Task What_nobody_carries_is_refused_with_the_reasons()
    {
        var refused = await Should.ThrowAsync<RuleBroken>(() => Quote(Cards.Request(grams: 600_000)));
        refused.Code.ShouldBe(MakeQuote.NotCarried);
        refused.Message.ShouldContain("大件快运单件限重500公斤");
    }

    [Fact]
    public async Task A_card_with_a_fault_leaves_nothing_behind()
    {
        var import = await Import(("prices", "standard,省内,1000,13,", "standard,省内,1000,x,"));
        import.Id.ShouldBeNull();
        import.Faults.ShouldHaveSingleItem().Cell.ShouldBe("D3");
        (await ImportCard.Execute(Db, Stage.Clock, Book, Stage.Get<Divisions>(), Author, "x", [new UploadedFile("foo.csv", default)], None)).Faults.ShouldHaveSingleItem().Message.ShouldContain("foo.csv");
        (await ListCards.Execute(Db, null, 10, None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_card_again_is_no_new_one() =>
        (await Should.ThrowAsync<RuleBroken>(() => Import(("prices", "standard,", "standard,")))).Code.ShouldBe(ImportCard.NothingChanged);

    [Fact]
    public async Task A_card_is_checked_replayed_and_published_by_another_person_and_holds_from_its_time_on()
    {
        await Accept(Cards.Request(to: "浙江省/宁波市/鄞州区"), "standard");
        var id = await Draft();
        (await Publish(id, Publisher, Stage.Clock.GetUtcNow())).ShouldBe(CardMachine.NotChecked);
        (await PublishCard.Check(Db, Stage.Clock, Author, id, None)).ShouldBeTrue();
        (await Publish(id, Publisher, Stage.Clock.GetUtcNow())).ShouldBe(CardMachine.NotReplayed);
        await Replay(id);
        (await Publish(id, Author, Stage.Clock.GetUtcNow())).ShouldBe(PublishCard.SamePerson);

        var tomorrow = Stage.Clock.GetUtcNow().AddDays(1);
        (await Publish(id, Publisher, tomorrow)).ShouldBeNull();
        (await Publish(id, Publisher, tomorrow)).ShouldBe(CardMachine.AlreadyPublished);
        (await Code(() => PublishCard.Discard(Db, Stage.Clock, Author, id, "", None))).ShouldBe(CardMachine.AlreadyPublished);
        (await PriceInProvince()).ShouldBe(1300);
        Stage.Clock.Sleep(TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
        (await PriceInProvince()).ShouldBe(1300);
        Stage.Clock.Advance(TimeSpan.FromMilliseconds(1));
        (await PriceInProvince()).ShouldBe(1500);
        (await AuditTrail.List(Db, new AuditTrail.Filter(Subject: "rate_card:" + id), 10, None)).Select(e => e.Action)
            .ShouldBe(["rate_card.published", "rate_card.replayed", "rate_card.checked", "rate_card.imported"]);
    }

    [Fact]
    public async Task The_card_before_is_restored_at_once_and_other_processes_follow_within_seconds()
    {
        var first = (await Book.Current(None)).Id;
        await using var other = Stage.AnotherProcess();
        (await other.Get<RateBook>().Current(None)).Id.ShouldBe(first);
        var id = await Ready();
        (await Publish(id, Publisher, Stage.Clock.GetUtcNow())).ShouldBeNull();
        (await Book.Current(None)).Id.ShouldBe(id);
        Stage.Clock.Advance(TimeSpan.FromSeconds(5));
        (await other.Get<RateBook>().Current(None)).Id.ShouldBe(id);

        (await Code(() => PublishCard.Restore(Db, Stage.Clock, Book, Author, id, "", None))).ShouldBe(PublishCard.AlreadyLive);
        (await PublishCard.Restore(Db, Stage.Clock, Book, Author, first, "价格有误", None)).ShouldBeTrue();
        (await Book.Current(None)).Id.ShouldBe(first);
        Stage.Clock.Advance(TimeSpan.FromSeconds(5));
        (await other.Get<RateBook>().Current(None)).Id.ShouldBe(first);
    }

    [Fact]
    public async Task A_publication_is_taken_back_only_before_its_time()
    {
        var id = await Ready();
        (await Publish(id, Publisher, Stage.Clock.GetUtcNow().AddHours(1))).ShouldBeNull();
        var entry = (await ListCards.Execute(Db, null, 10, None)).Single(c => c.Id == id).Publications.ShouldHaveSingleItem().Id;
        (await PublishCard.Withdraw(Db, Stage.Clock, Book, Author, entry, "", None)).ShouldBeTrue();
        (await PublishCard.Withdraw(Db, Stage.Clock, Book, Author, entry, "", None)).ShouldBeFalse();
        Stage.Clock.Advance(TimeSpan.FromHours(2));
        (await PriceInProvince()).ShouldBe(1300);

        var again = await Ready("standard,省内,1000,16,");
        (await Publish(again, Publisher, Stage.Clock.GetUtcNow())).ShouldBeNull();
        var begun = (await ListCards.Execute(Db, null, 10, None)).Single(c => c.Id == again).Publications.ShouldHaveSingleItem().Id;
        (await Code(() => PublishCard.Withdraw(Db, Stage.Clock, Book, Author, begun, "", None))).ShouldBe(PublishCard.Begun);
    }

    [Fact]
    public async Task A_replay_against_a_card_that_is_not_live_any_more_does_not_count()
    {
        var (first, second) = (await Ready(), await Ready("standard,省内,1000,16,"));
        (await Publish(first, Publisher, Stage.Clock.GetUtcNow())).ShouldBeNull();
        (await Publish(second, Publisher, Stage.Clock.GetUtcNow())).ShouldBe(PublishCard.ReplayOutdated);
        await Replay(second);
        (await Publish(second, Publisher, Stage.Clock.GetUtcNow())).ShouldBeNull();
        (await PriceInProvince()).ShouldBe(1600);
    }

    [Fact]
    public async Task A_card_that_is_made_while_another_is_planned_follows_it_and_keeps_its_changes()
    {
        var (now, before, planned) = (Stage.Clock.GetUtcNow(), await Ready(), await Ready("standard,省内,1000,16,"));
        (await Publish(planned, Publisher, now.AddDays(10))).ShouldBeNull();
        (await Publish(before, Publisher, now.AddDays(1))).ShouldBe(PublishCard.PlannedLater);
        (await Publish(before, Publisher, now.AddDays(20))).ShouldBe(PublishCard.ReplayOutdated, "it was replayed against what is not in force any more by then");

        var import = await Import(("times", "economy,省内,2,20:00", "economy,省内,3,20:00"));
        import.Changes.ShouldHaveSingleItem();
        await PublishCard.Check(Db, Stage.Clock, Author, import.Id!, None);
        await Replay(import.Id!);
        (await Publish(import.Id!, Publisher, now.AddDays(20))).ShouldBeNull();
        Stage.Clock.Sleep(TimeSpan.FromDays(20));
        (await Book.Current(None)).Id.ShouldBe(import.Id);
        (await PriceInProvince()).ShouldBe(1600);
    }

    [Fact]
    public async Task A_card_that_was_given_up_and_one_that_never_was_are_told_apart()
    {
        var id = await Draft();
        (await Code(() => PublishCard.Restore(Db, Stage.Clock, Book, Author, id, "", None))).ShouldBe(CardMachine.NeverPublished);
        (await PublishCard.Discard(Db, Stage.Clock, Author, id, "", None)).ShouldBeTrue();
        (await Code(() => PublishCard.Check(Db, Stage.Clock, Author, id, None))).ShouldBe(CardMachine.Discarded);
        (await PublishCard.Check(Db, Stage.Clock, Author, new string('0', 32), None)).ShouldBeFalse();
        (await ReplayCard.Execute(Db, Stage.Clock, Book, Stage.Get<Divisions>(), Stage.Get<RatesOptions>(), Author, new string('0', 32), None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_new_card_is_tried_on_what_orders_took_in_the_last_month()
    {
        await Accept(Cards.Request(to: "浙江省/宁波市/鄞州区", grams: 9000), "standard"); // a month and a day ago
        Stage.Clock.Sleep(TimeSpan.FromDays(31));
        var inProvince = Cards.Request(to: "浙江省/宁波市/鄞州区", at: "2026-12-23T10:00:00+08:00");
        await Accept(inProvince, "standard");
        await Accept(inProvince with { Goods = new QuoteGoods("other", 3000) }, "standard");
        await Accept(inProvince, "economy");
        await Accept(inProvince with { To = Cards.Place("上海市/上海市/浦东新区") }, "standard");
        var id = await Draft(("prices", "standard,省内,1000,13,", "standard,省内,1000,15,"), ("prices", "economy,省内,1000,8,1000,2,,8000,kilo\n", ""), ("times", "economy,省内,2,20:00\n", ""));
        await PublishCard.Check(Db, Stage.Clock, Author, id, None);
        var report = await Replay(id);
        (report.Orders, report.Dearer, report.Same, report.Cheaper, report.NotCarried).ShouldBe((4, 2, 1, 0, 1));
        (report.PaidFen, report.BeforeFen, report.AfterFen).ShouldBe((1300 + 1700 + 800 + 1400, 1300 + 1700 + 1400, 1500 + 1900 + 1400));
        report.Bands.Where(b => b.Orders > 0).ShouldBe([new ReplayBand("不变", 1), new ReplayBand("涨10%至20%", 2)]);
        report.Products.ShouldBe([new ReplayedProduct("standard", 3, 4400, 4800)]);
        report.Biggest.Select(o => (o.Product, o.BeforeFen, o.AfterFen)).ShouldBe([("economy", 800L, null), ("standard", 1300, 1500), ("standard", 1700, 1900)], ignoreOrder: true);
        report.Biggest[0].Product.ShouldBe("economy");
        report.Biggest.First(o => o.BeforeFen == 1700).After.Sum(l => l.Fen).ShouldBe(1900);
        (await ReplayCard.Find(Db, id, None)).ShouldNotBeNull().AfterFen.ShouldBe(report.AfterFen);
    }

    [Fact]
    public async Task What_an_order_took_is_kept_once_and_an_unknown_quote_or_product_not_at_all()
    {
        var quote = await Quote(Cards.Request());
        await Tell(new QuoteAccepted(quote.Id, "standard", Stage.Clock.GetUtcNow()));
        await Tell(new QuoteAccepted(quote.Id, "standard", Stage.Clock.GetUtcNow()));
        await Tell(new QuoteAccepted(QuoteId.New(Stage.Clock), "standard", Stage.Clock.GetUtcNow()));
        await Tell(new QuoteAccepted((await Quote(Cards.Request())).Id, "sledge", Stage.Clock.GetUtcNow()));
        (await Db.First<long>("select count(*) from rates_accepted")).ShouldBe(1);
        Stage.Clock.Sleep(TimeSpan.FromDays(401));
        await Stage.Run<ForgetQuotes>();
        (await Db.First<long>("select count(*) from rates_accepted")).ShouldBe(0);
    }

    private async Task<StoredQuote> Quote(QuoteRequest request) =>
        (await MakeQuote.Execute(Db, Book, Stage.Get<LaneStatistics>(), Stage.Clock, Stage.Get<RatesOptions>(), request, None)).Quote;

    private async Task Accept(QuoteRequest request, string product) =>
        await Tell(new QuoteAccepted((await Quote(request)).Id, product, Stage.Clock.GetUtcNow()));

    private async Task Tell(QuoteAccepted accepted)
    {
        await Db.InTransaction(tx => tx.Publish(accepted));
        await Stage.Deliver();
    }

    private Task<CardImport> Import(params (string File, string From, string To)[] changes)
    {
        var files = Cards.Files(changes);
        var uploads = changes.Select(c => c.File).Distinct().Select(f => new UploadedFile($"rates_{f}.csv", Encoding.UTF8.GetBytes(files[f]))).ToList();
        return ImportCard.Execute(Db, Stage.Clock, Book, Stage.Get<Divisions>(), Author, "春季价目表", uploads, None);
    }

    private async Task<string> Draft(params (string File, string From, string To)[] changes) =>
        (await Import(changes.Length > 0 ? changes : [("prices", "standard,省内,1000,13,", "standard,省内,1000,15,")])).Id.ShouldNotBeNull();

    private async Task<string> Ready(string row = "standard,省内,1000,15,")
    {
        var id = await Draft(("prices", "standard,省内,1000,13,", row));
        await PublishCard.Check(Db, Stage.Clock, Author, id, None);
        await Replay(id);
        return id;
    }

    private async Task<ReplayReport> Replay(string id) =>
        (await ReplayCard.Execute(Db, Stage.Clock, Book, Stage.Get<Divisions>(), Stage.Get<RatesOptions>(), Author, id, None)).ShouldNotBeNull();

    private Task<string?> Publish(string id, StaffId who, DateTimeOffset from) => Code(() => PublishCard.Execute(Db, Stage.Clock, Book, who, id, from, None));

    private static async Task<string?> Code(Func<Task<bool>> act)
    {
        try
        {
            (await act()).ShouldBeTrue();
            return null;
        }
        catch (RuleBroken refused)
        {
            return refused.Code;
        }
    }

    private async Task<long> PriceInProvince() => (await Quote(Cards.Request(to: "浙江省/宁波市/鄞州区"))).Of("standard")!.TotalFen;
}

public sealed class RatesOnSqlite() : RateSuite(DatabaseProvider.Sqlite);

public sealed class RatesOnMariaDb() : RateSuite(DatabaseProvider.MySql);
