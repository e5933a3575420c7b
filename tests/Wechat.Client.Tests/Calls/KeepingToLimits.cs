using Courier.Wechat.Client.Calls;

namespace Courier.Wechat.Client.Tests.Calls;

/// <summary>What WeChat would refuse with a bare number is refused here in words, before it costs a call.</summary>
public class KeepingToLimits
{
    private static readonly MenuButton Button = MenuButton.View("网点", "https://h5.example");

    public static TheoryData<string, Action> TooMuch => new()
    {
        { "no openid to tag", () => _ = new TagFollowers(134, []) },
        { "51 openids to tag", () => _ = new TagFollowers(134, People(51)) },
        { "51 openids to untag", () => _ = new UntagFollowers(134, People(51)) },
        { "101 openids to look up", () => _ = new GetUsers(People(101)) },
        { "a tag of 31 bytes", () => _ = new CreateTag("十个汉字正好是三十字节x") },
        { "a tag without a name", () => _ = new CreateTag(" ") },
        { "WeChat's own tag renamed", () => _ = new RenameTag(2, "月结") },
        { "WeChat's own tag deleted", () => _ = new DeleteTag(0) },
        { "a remark of 30 characters", () => _ = new SetRemark("o1", new string('注', 30)) },
        { "a menu for some that is for all", () => _ = new AddConditionalMenu([Button], new MenuMatch()) },
        { "a menu for some with 4 entries", () => _ = new AddConditionalMenu([Button, Button, Button, Button], new MenuMatch(101)) },
        { "a menu for nobody", () => _ = new TryMenu("") },
        { "an empty value to a follower", () => _ = SubscriptionSamples.ToFollower with { Data = new Dictionary<string, TemplateValue> { ["thing1"] = new("") } } },
        { "an empty value to a mini-program", () => _ = SubscriptionSamples.ToMiniProgram with { Data = new Dictionary<string, TemplateValue> { ["thing1"] = new(" ") } } },
    };

    [Theory]
    [MemberData(nameof(TooMuch))]
    public void What_WeChat_would_refuse_is_refused_before(string what, Action make) =>
        Should.Throw<ArgumentException>(make, what);

    [Fact]
    public void What_just_fits_is_taken()
    {
        new TagFollowers(134, People(50)).OpenIds.Count.ShouldBe(50);
        new GetUsers(People(100)).OpenIds.Count.ShouldBe(100);
        new CreateTag("十个汉字正好是三十字节"[..10]).Name.Length.ShouldBe(10);
        new SetRemark("o1", new string('注', 29)).Remark.Length.ShouldBe(29);
    }

    private static string[] People(int count) => [.. Enumerable.Range(0, count).Select(number => $"o{number}")];
}
