using Courier.WechatGateway.Menu;

namespace Courier.Gateway.Tests.Menus;

public sealed class LimitsOfAMenu
{
    private static MenuEntry Click(string name, string key = "k") => new() { Name = name, Type = MenuEntryType.Click, Key = key };

    private static MenuEntry Heading(string name, params MenuEntry[] children) => new() { Name = name, Children = children };

    [Fact]
    public void A_full_menu_within_the_limits_is_taken() =>
        Problems(Enumerable.Range(1, 3).Select(t => Heading($"栏目{t}", [.. Enumerable.Range(1, 5).Select(s => Click($"二十个汉字的菜单名称刚好六十个字节那么长{s}"[..20]))]))).ShouldBeEmpty();

    [Fact]
    public void Each_breach_is_named_with_its_entry()
    {
        Problems([]).ShouldBe(["Menus:wx has 0 entries; WeChat takes 1 to 3 at the top"]);
        Problems([Click("一"), Click("二"), Click("三"), Click("四")]).ShouldBe(["Menus:wx has 4 entries; WeChat takes 1 to 3 at the top"]);
        Problems([Click("查询我的快递")]).ShouldBe(["Menus:wx:0 '查询我的快递': Name has 18 bytes; WeChat takes at most 16 here, a Chinese character being 3"]);
        Problems([Heading("查", Click(new string('长', 21)))]).Single().ShouldContain("63 bytes; WeChat takes at most 60");
        Problems([Heading("查", [.. Enumerable.Range(0, 6).Select(i => Click($"{i}"))])]).Single().ShouldContain("6 Children; WeChat takes at most 5");
        Problems([Heading("查", Heading("再", Click("深")))]).ShouldContain(p => p.Contains("Children:0 '再' has Children; WeChat knows two levels only"));
        Problems([Click("", "k")]).Single().ShouldContain("Name is missing");
        Problems([Click("查", "")]).Single().ShouldContain("Key is required when Type is Click");
        Problems([Click("查", new string('键', 43))]).Single().ShouldContain("Key has 129 bytes; WeChat takes at most 128");
        Problems([new() { Name = "看", Type = MenuEntryType.View, Url = "example.com" }]).Single().ShouldContain("Url must be an absolute http or https address");
        Problems([new() { Name = "看", Type = MenuEntryType.View, Url = "https://a.cn/" + new string('x', 1020) }]).Single().ShouldContain("at most 1024");
        Problems([new() { Name = "程", Type = MenuEntryType.MiniProgram, Url = "https://a.cn" }]).Single().ShouldContain("AppId and PagePath are required");
        Problems([Heading("查", Click("一")) with { Key = "k" }]).Single().ShouldContain("it is a heading");
    }

    private static List<string> Problems(IEnumerable<MenuEntry> menu) => [.. MenuLimits.ProblemsOf("Menus:wx", [.. menu])];
}
