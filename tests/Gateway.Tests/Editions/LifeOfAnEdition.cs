using Courier.Kernel;
using Courier.Services.Editions;
using Courier.Services.Staff;

namespace Courier.Gateway.Tests.Editions;

/// <summary>Every state and every action: what it leads to, or which rule refuses it.</summary>
public sealed class LifeOfAnEdition
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 2, 0, 0, TimeSpan.Zero);
    private static readonly StaffId Author = StaffId.Parse(new string('a', 32)), Other = StaffId.Parse(new string('b', 32));

    private static readonly Dictionary<string, Func<Edition, Edition>> Actions = new()
    {
        ["edit"] = e => e.Edit("{}", Author, Now),
        ["submit"] = e => e.Submit("", 3, Author, Now),
        ["reopen"] = e => e.Reopen(),
        ["approve"] = e => e.Approve("", Other, Now),
        ["send_back"] = e => e.SendBack("改一下", Other, Now),
        ["publish"] = e => e.StartPublishing(3, Author),
        ["take_effect"] = e => e.TakeEffect(Now),
        ["fail"] = e => e.Fail("40018"),
        ["delay"] = e => e.Delay("-1"),
        ["supersede"] = e => e.Supersede(),
        ["discard"] = e => e.Discard(),
        ["again"] = e => e.Again("id2", 9, 3, "", Author, Now),
    };

    [Theory]
    [InlineData("edit", "draft:draft", "edition.not_draft")]
    [InlineData("submit", "draft:in_review", "edition.not_draft")]
    [InlineData("reopen", "in_review:draft approved:draft", "edition.not_reopenable")]
    [InlineData("approve", "in_review:approved", "edition.not_in_review")]
    [InlineData("send_back", "in_review:draft", "edition.not_in_review")]
    [InlineData("publish", "approved:publishing publishing:publishing", "edition.not_approved")]
    [InlineData("take_effect", "publishing:published", "edition.not_publishing")]
    [InlineData("fail", "publishing:approved", "edition.not_publishing")]
    [InlineData("delay", "publishing:publishing", "edition.not_publishing")]
    [InlineData("supersede", "published:superseded", "edition.not_published")]
    [InlineData("discard", "draft:discarded in_review:discarded approved:discarded", "edition.not_discardable")]
    [InlineData("again", "superseded:publishing", "edition.not_superseded")]
    public void Each_action_is_taken_in_its_states_only(string action, string allowed, string refusal)
    {
        var steps = allowed.Split(' ').Select(s => s.Split(':')).ToDictionary(s => s[0], s => s[1]);
        foreach (var state in Enum.GetValues<EditionState>())
        {
            var name = Kernel.Data.EnumText<EditionState>.Of(state);
            if (steps.TryGetValue(name, out var next)) Kernel.Data.EnumText<EditionState>.Of(Actions[action](An(state)).State).ShouldBe(next, $"{action} of {name}");
            else Should.Throw<RuleBroken>(() => Actions[action](An(state)), $"{action} of {name}").Code.ShouldBe(refusal);
        }
    }

    [Fact]
    public void Nobody_reviews_what_he_wrote_or_submitted()
    {
        var edition = An(EditionState.Draft).Edit("{}", Other, Now).Submit("", 3, Author, Now);
        foreach (var writer in new[] { Author, Other })
        {
            Should.Throw<RuleBroken>(() => edition.Approve("", writer, Now)).Code.ShouldBe("edition.own_review");
            Should.Throw<RuleBroken>(() => edition.SendBack("改", writer, Now)).Code.ShouldBe("edition.own_review");
        }
        edition.Approve("", StaffId.Parse(new string('c', 32)), Now).State.ShouldBe(EditionState.Approved);
    }

    [Fact]
    public void Who_sends_back_says_what_is_to_change() =>
        Should.Throw<RuleBroken>(() => An(EditionState.InReview).SendBack("", Other, Now)).Code.ShouldBe("edition.comment_missing");

    [Fact]
    public void What_was_reviewed_against_another_live_edition_is_not_published() =>
        Should.Throw<RuleBroken>(() => An(EditionState.Approved).StartPublishing(4, Author)).Code.ShouldBe("edition.outdated");

    [Theory]
    [InlineData((int)EditionOrigin.Draft, (int)EditionState.Approved)]
    [InlineData((int)EditionOrigin.Configuration, (int)EditionState.Draft)]
    [InlineData((int)EditionOrigin.Rollback, (int)EditionState.Discarded)]
    public void What_wechat_refuses_goes_where_somebody_can_mend_it(int origin, int state) =>
        (An(EditionState.Publishing) with { Origin = (EditionOrigin)origin }).Fail("no").State.ShouldBe((EditionState)state);

    [Fact]
    public void Every_refusal_has_its_sentence()
    {
        foreach (var code in Source.Codes()) Edition.Refusal(code).Message.Length.ShouldBeGreaterThan(5);
    }

    private static Edition An(EditionState state) => Edition.New("id1", "menu", "wx1", 4, "{}", Author, Now) with { State = state, BasedOn = 3 };

    private static class Source
    {
        public static IEnumerable<string> Codes() =>
        [
            "edition.not_draft", "edition.not_reopenable", "edition.not_in_review", "edition.own_review", "edition.comment_missing",
            "edition.not_approved", "edition.outdated", "edition.not_publishing", "edition.not_published", "edition.not_discardable",
            "edition.not_superseded", "edition.changed", "edition.open_exists", "edition.busy", "edition.problems",
        ];
    }
}
