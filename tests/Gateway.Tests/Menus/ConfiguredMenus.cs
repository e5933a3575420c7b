using Courier.Kernel;
using Courier.Testing;

namespace Courier.Gateway.Tests.Menus;

public sealed class ConfiguredMenus
{
    [Fact]
    public async Task A_menu_beyond_the_limits_stops_the_start_and_names_the_entry()
    {
        var wrong = await Should.ThrowAsync<WrongConfiguration>(CourierApp.Start(new()
        {
            Settings = new Dictionary<string, string> { ["Wechat:Menus:wxdemo0000000001:0:Name"] = "查询我所有的快递" },
        }));
        wrong.Message.ShouldContain("Menus:wxdemo0000000001:0 '查询我所有的快递': Name has 24 bytes; WeChat takes at most 16 here");
    }
}
