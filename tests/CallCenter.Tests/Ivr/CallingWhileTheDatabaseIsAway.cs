using Courier.CallCenter.Ivr;
using Courier.CallCenter.Voice;
using Courier.Testing;

namespace Courier.CallCenter.Tests.Ivr;

/// <summary>Calls come also when the database does not answer.</summary>
public sealed class CallingWhileTheDatabaseIsAway
{
    [Fact]
    public async Task Callers_are_greeted_and_come_to_a_person()
    {
        var server = await MariaDb.OfItsOwn();
        await using var app = await CourierApp.Start(new() { MariaDb = await server.Create() });
        (await Call(app, "0")).Heard.ShouldContain(h => h.StartsWith("查快件请按一"));
        await server.Kill();
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        var (end, heard) = await Call(app);

        heard.ShouldBe(["您好，欢迎致电快递服务热线。", "系统暂时查不到，马上为您转人工。", "正在为您转接人工服务。"]);
        var queue = end.ShouldBeOfType<FlowEnd.ToQueue>();
        (queue.Queue, queue.Tier, queue.Customer, queue.LastAgent).ShouldBe(("main", "standard", null, null));
    }

    private static async Task<(FlowEnd End, List<string> Heard)> Call(CourierApp app, params string[] keys)
    {
        using var caller = new ScriptedCaller(await app.Get<Prompts>().Current(default), ScriptedCaller.Call(app.Clock, "13900001111"), keys);
        return (await app.Get<Flows>().Run(caller, default), caller.Heard);
    }
}
