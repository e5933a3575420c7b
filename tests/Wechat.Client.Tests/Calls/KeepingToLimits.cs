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
        { "a template of no name", () => _ = new AddTemplate(" ", []) },
        { "a subscription template with one field", () => _ = new AddSubscriptionTemplate(99, [1], "派送提醒") },
        { "a subscription template with six fields", () => _ = new AddSubscriptionTemplate(99, [1, 2, 3, 4, 5, 6], "派送提醒") },
        { "a scene of 16 characters", () => _ = new AddSubscriptionTemplate(99, [1, 2], new string('送', 16)) },
        { "31 titles", () => _ = new FindSubscriptionTitles([616], 0, 31) },
        { "titles of no category", () => _ = new FindSubscriptionTitles([]) },
        { "4 KB and a byte behind a short key", () => _ = new CreateShortKey(new string('x', 4097), TimeSpan.FromDays(1)) },
        { "a short key for 31 days", () => _ = new CreateShortKey("x", TimeSpan.FromDays(31)) },
        { "a scene of 33 letters", () => _ = new GetUnlimitedMiniProgramCode(new string('x', 33)) },
        { "a scene in Chinese", () => _ = new GetUnlimitedMiniProgramCode("运单") },
        { "a scene with a per cent sign", () => _ = new GetUnlimitedMiniProgramCode("a%20b") },
        { "a page with a query beside a scene", () => _ = new GetUnlimitedMiniProgramCode("a", "pages/p?no=1") },
        { "a page with a slash in front", () => _ = new GetMiniProgramCode("/pages/p") },
        { "a path of 129 characters in a square code", () => _ = new CreateMiniProgramQrCode(new string('p', 129)) },
        { "a code of 1281 pixels", () => _ = new CodeLook(1281) },
        { "a link for 31 days", () => _ = LinkLifetime.Days(31) },
        { "a query of 1025 characters", () => _ = new CreateUrlLink("pages/p", new string('q', 1025), LinkLifetime.Days(1)) },
        { "2501 characters to check", () => _ = new CheckText("o1", ContentScene.Comment, new string('x', 2501)) },
        { "a file to check that WeChat cannot fetch", () => _ = new CheckMedia(new Uri("file:///p.jpg"), CheckedMedia.Image, "o1", ContentScene.Comment) },
        { "the quota of no path", () => _ = new GetQuota("cgi-bin/user/get") },
        { "a request without its number", () => _ = new GetRequest("") },
        { "an agent without account", () => _ = new AddKfAccount("agent1", "小快") },
        { "a session of no agent", () => _ = new OpenKfSession("@courier", "o1") },
        { "messages of two days in China", () => _ = new GetKfMessages(Night, Night.AddHours(2)) },
        { "messages that end before they begin", () => _ = new GetKfMessages(Night, Night.AddHours(-1)) },
        { "10 001 messages", () => _ = new GetKfMessages(Night, Night.AddMinutes(30), 1, 10_001) },
    };

    private static DateTimeOffset Night { get; } = new(2026, 11, 22, 23, 0, 0, TimeSpan.FromHours(8));

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
