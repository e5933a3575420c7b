using System.Xml.Linq;
using Courier.Wechat.Sandbox.Callbacks;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class HarderFaults
{
    [Fact]
    public async Task In_the_middle_of_a_key_change_every_other_push_still_has_the_old_key()
    {
        await using var host = await SandboxHost.Start(SandboxMode.Secure);
        var openid = await host.Follower();
        await host.Control("rotate-key", new { appId = SandboxHost.AppId, use = "previous" });
        await host.Control("rotate-key", new { appId = SandboxHost.AppId, use = "current", alternateSeconds = 60 });
        var before = host.Product.Received.Count;
        for (var number = 0; number < 6; number++) await host.Say(openid, "你好");
        var keys = host.Product.Received.Skip(before).Select(KeyOf).ToList();
        keys.Count(key => key == SandboxHost.Key).ShouldBe(3);
        keys.Count(key => key == SandboxHost.OldKey).ShouldBe(3);
        keys[0].ShouldNotBe(keys[1]);
        host.Clock.Advance(TimeSpan.FromSeconds(60));
        before = host.Product.Received.Count;
        for (var number = 0; number < 3; number++) await host.Say(openid, "你好");
        host.Product.Received.Skip(before).Select(KeyOf).ShouldAllBe(key => key == SandboxHost.Key);
    }

    [Fact]
    public async Task A_token_that_somebody_else_renewed_works_five_minutes_more()
    {
        await using var host = await SandboxHost.Start();
        var old = await host.AccessToken();
        await host.Control("tokens/expire", new { how = "overlap" });
        var renewed = await host.AccessToken();
        renewed.ShouldNotBe(old);
        (await host.Call("/cgi-bin/user/get", old)).Errcode().ShouldBe(0);
        (await host.Call("/cgi-bin/user/get", renewed)).Errcode().ShouldBe(0);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        (await host.Call("/cgi-bin/user/get", old)).Errcode().ShouldBe(40001);
        (await host.Call("/cgi-bin/user/get", renewed)).Errcode().ShouldBe(0);
    }

    [Fact]
    public async Task A_refused_connection_ends_without_any_answer()
    {
        await using var host = await SandboxHost.Start();
        var token = await host.AccessToken();
        await host.Control("faults", new { call = "*", refuse = true, times = 2 });
        await Should.ThrowAsync<HttpRequestException>(() => host.Call("/cgi-bin/user/get", token));
        await Should.ThrowAsync<HttpRequestException>(() => host.Stable());
        (await host.Call("/cgi-bin/user/get", token)).Errcode().ShouldBe(0);
    }

    [Fact]
    public async Task A_lost_answer_brings_the_same_push_again_and_the_customer_sees_the_answer_to_that()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        host.Product.Answers(_ => Answers.TextReply(openid, "答复"));
        await host.Control("faults", new { callback = "answerLost", times = 1, attempts = 2 });
        var said = await host.Say(openid, "你好");
        said.GetProperty("attempts").GetArrayLength().ShouldBe(3);
        host.Product.Received.Skip(1).Select(push => push.Body).Distinct().Count().ShouldBe(1);
        (await host.InboxTexts(openid)).ShouldBe(["答复"]);
    }

    [Fact]
    public async Task A_push_whose_first_attempts_are_dropped_arrives_with_a_later_one()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        await host.Control("faults", new { callback = "drop", times = 1, attempts = 2 });
        (await host.Say(openid, "到了")).GetProperty("attempts").GetArrayLength().ShouldBe(3);
        host.Product.Received.Skip(1).ShouldHaveSingleItem().Xml().Element("Content")!.Value.ShouldBe("到了");
    }

    [Fact]
    public async Task A_slow_push_sets_out_late_with_its_old_time()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var at = host.Clock.GetUtcNow();
        await host.Control("faults", new { callback = "slow", delayMs = 30_000, times = 1 });
        var saying = host.Say(openid, "慢");
        await Answers.Until(() => Task.FromResult(host.Clock.Waiting), waiting => waiting == 1);
        host.Clock.Advance(TimeSpan.FromSeconds(30));
        await saying;
        host.Product.Received[^1].Xml().Element("CreateTime")!.Value.ShouldBe(at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("""{"call":"*","delayMs":60001}""")]
    [InlineData("""{"call":"*","quota":"hour"}""")]
    [InlineData("""{"callback":"explode"}""")]
    [InlineData("""{"callback":"slow"}""")]
    [InlineData("""{"call":"*"}""")]
    [InlineData("""{"errcode":-1}""")]
    public async Task What_makes_no_sense_is_refused(string fault)
    {
        await using var host = await SandboxHost.Start();
        using var answer = await host.Http.PostAsync($"{host.Address}/sandbox/control/faults", new StringContent(fault, System.Text.Encoding.UTF8, "application/json"));
        ((int)answer.StatusCode).ShouldBe(400);
    }

    static string KeyOf(ReceivedPush push)
    {
        var encrypted = XElement.Parse(push.Body).Element("Encrypt")!.Value;
        return new[] { SandboxHost.Key, SandboxHost.OldKey }.Single(key => CallbackCrypto.Decrypt(key, SandboxHost.AppId, encrypted) is not null);
    }
}
