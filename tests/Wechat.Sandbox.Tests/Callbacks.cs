using System.Text.Json;
using System.Xml.Linq;

namespace Courier.Wechat.Sandbox.Tests;

public sealed class Callbacks
{
    const string Failure = "该公众号提供的服务出现故障，请稍后再试";

    [Fact]
    public async Task In_plain_mode_a_message_comes_signed_and_readable_and_the_reply_reaches_the_customer()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        host.Product.Answers(push => Answers.TextReply(openid, "您的快递已到北京"));
        var said = await host.Say(openid, "SF123 & <你好>");

        var push = host.Product.Received[^1];
        push.Query["signature"].ShouldBe(OwnCrypto.Sha1OfSorted(SandboxHost.Token, push.Query["timestamp"], push.Query["nonce"]));
        push.Query["openid"].ShouldBe(openid);
        push.Query.ContainsKey("encrypt_type").ShouldBeFalse();
        var xml = push.Xml();
        xml.Element("ToUserName")!.Value.ShouldBe(SandboxHost.GhId);
        xml.Element("Content")!.Value.ShouldBe("SF123 & <你好>");
        long.Parse(xml.Element("MsgId")!.Value).ShouldBePositive();
        said.GetProperty("reply").GetProperty("text").GetString().ShouldBe("您的快递已到北京");
        said.GetProperty("attempts")[0].GetProperty("replied").GetBoolean().ShouldBeTrue();
        (await host.Inbox(openid)).ShouldHaveSingleItem().GetProperty("kind").GetString().ShouldBe("passive");
    }

    [Fact]
    public async Task In_secure_mode_only_the_encrypted_text_is_sent_and_the_reply_must_be_encrypted_too()
    {
        await using var host = await SandboxHost.Start(SandboxMode.Secure);
        var openid = await host.Follower();
        host.Product.Answers(_ => OwnCrypto.EncryptedReply(openid, "收到"));
        await host.Say(openid, "你好");
        var push = host.Product.Received[^1];
        var outer = push.Xml();
        outer.Elements().Select(element => element.Name.LocalName).ShouldBe(["ToUserName", "Encrypt"]);
        XElement.Parse(CheckEncryption(push, outer.Element("Encrypt")!.Value).Message).Element("Content")!.Value.ShouldBe("你好");
        (await host.InboxTexts(openid)).ShouldBe(["收到"]);

        host.Product.Answers(_ => Answers.TextReply(openid, "明文"));
        await host.Say(openid, "再来");
        (await host.InboxTexts(openid))[^1].ShouldBe(Failure);
        (await host.BrokenRules()).ShouldContain("安全模式下回复必须加密。");
    }

    [Fact]
    public async Task In_compatible_mode_plain_fields_and_encrypted_text_come_together_and_either_reply_is_taken()
    {
        await using var host = await SandboxHost.Start(SandboxMode.Compatible);
        var openid = await host.Follower();
        host.Product.Answers(_ => Answers.TextReply(openid, "明文"));
        await host.Say(openid, "你好");
        var push = host.Product.Received[^1];
        var outer = push.Xml();
        outer.Element("Content")!.Value.ShouldBe("你好");
        var inner = XElement.Parse(CheckEncryption(push, outer.Element("Encrypt")!.Value).Message);
        outer.Element("Encrypt")!.Remove();
        XNode.DeepEquals(outer, inner).ShouldBeTrue();
        host.Product.Answers(_ => OwnCrypto.EncryptedReply(openid, "密文"));
        await host.Say(openid, "再来");
        (await host.InboxTexts(openid)).ShouldBe(["明文", "密文"]);
    }

    [Fact]
    public async Task A_mini_program_may_have_json_callbacks()
    {
        await using var host = await SandboxHost.Start(SandboxMode.Secure, SandboxFormat.Json);
        var openid = await host.Follower(SandboxHost.Mini);
        await host.Say(openid, "你好");
        var push = host.Product.Received.ShouldHaveSingleItem();
        push.ContentType.ShouldStartWith("application/json");
        var encrypted = JsonDocument.Parse(push.Body).RootElement.GetProperty("Encrypt").GetString()!;
        var opened = OwnCrypto.Open(SandboxHost.Key, encrypted);
        opened.AppId.ShouldBe(SandboxHost.Mini);
        var message = JsonDocument.Parse(opened.Message).RootElement;
        message.GetProperty("Content").GetString().ShouldBe("你好");
        message.GetProperty("CreateTime").ValueKind.ShouldBe(JsonValueKind.Number);
        message.GetProperty("MsgId").ValueKind.ShouldBe(JsonValueKind.Number);
    }

    [Fact]
    public async Task A_failing_callback_is_tried_three_times_with_the_same_text_in_a_new_envelope()
    {
        await using var host = await SandboxHost.Start(SandboxMode.Secure);
        var openid = await host.Follower();
        host.Product.Answer = _ => Task.FromResult((500, "oops"));
        var said = await host.Say(openid, "你好");
        said.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("status").GetInt32()).ShouldBe([500, 500, 500]);
        var pushes = host.Product.Received.Skip(1).ToList();
        var opened = pushes.Select(push => OwnCrypto.Open(SandboxHost.Key, push.Xml().Element("Encrypt")!.Value)).ToList();
        opened.Select(part => part.Message).Distinct().Count().ShouldBe(1);
        opened.Select(part => part.Random).Distinct().Count().ShouldBe(3);
        pushes.Select(push => push.Query["nonce"]).Distinct().Count().ShouldBe(3);
        (await host.InboxTexts(openid)).ShouldBe([Failure]);
    }

    [Fact]
    public async Task A_callback_that_is_not_answered_in_five_seconds_is_cut_off_and_the_next_attempt_counts()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        var first = true;
        host.Product.Answer = async _ =>
        {
            if (first)
            {
                first = false;
                await Task.Delay(Timeout.Infinite, new CancellationTokenSource(TimeSpan.FromSeconds(8)).Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            return (200, Answers.TextReply(openid, "第二次"));
        };
        var saying = host.Say(openid, "你好");
        await Answers.Until(() => Task.FromResult(host.Product.Received.Count), count => count == 2);
        host.Clock.Advance(TimeSpan.FromSeconds(4.9));
        saying.IsCompleted.ShouldBeFalse();
        host.Clock.Advance(TimeSpan.FromSeconds(0.1));
        var attempts = (await saying).GetProperty("attempts").EnumerateArray().ToList();
        attempts.Select(attempt => attempt.GetProperty("status").GetInt32()).ShouldBe([0, 200]);
        attempts[0].GetProperty("elapsedMs").GetInt32().ShouldBe(5000);
        (await host.InboxTexts(openid)).ShouldBe(["第二次"]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("success", true)]
    [InlineData("{\"ToUserName\":\"x\"}", false)]
    [InlineData("\"success\"", false)]
    [InlineData("\n<xml></xml>", false)]
    [InlineData("<xml><ToUserName>", false)]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"b\">]><xml><Content>&a;</Content></xml>", false)]
    public async Task Only_nothing_success_and_proper_xml_are_understood(string body, bool fine)
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        host.Product.Answers(_ => body);
        await host.Say(openid, "你好");
        (await host.InboxTexts(openid)).ShouldBe(fine ? [] : [Failure]);
        host.Product.Received.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_reply_must_be_addressed_back_and_keep_the_limits()
    {
        await using var host = await SandboxHost.Start();
        var openid = await host.Follower();
        string[] wrong =
        [
            Answers.TextReply("somebody-else", "hi"), Answers.TextReply(openid, "hi", from: openid), Answers.TextReply(openid, ""),
            Answers.TextReply(openid, new string('件', 683)), Reply(openid, "image", "<Image><MediaId>no_such_media</MediaId></Image>"),
            Reply(openid, "news", "<ArticleCount>2</ArticleCount><Articles><item><Title>a</Title></item><item><Title>b</Title></item></Articles>"),
            Reply(openid, "shout", ""),
        ];
        foreach (var body in wrong)
        {
            host.Product.Answers(_ => body);
            await host.Say(openid, "你好");
        }
        (await host.InboxTexts(openid)).ShouldBe(Enumerable.Repeat(Failure, wrong.Length));

        host.Product.Answers(_ => Answers.TextReply(openid, new string('件', 682) + "ab"));
        await host.Say(openid, "你好");
        host.Product.Answers(_ => Reply(openid, "news", "<ArticleCount>1</ArticleCount><Articles><item><Title>运单</Title><Url>http://a</Url></item></Articles>"));
        await host.Say(openid, "你好");
        (await host.InboxTexts(openid))[^1].ShouldBe("运单");
        (await host.Inbox(openid))[^1].GetProperty("data").GetProperty("articles")[0].GetProperty("url").GetString().ShouldBe("http://a");
    }

    [Fact]
    public async Task A_reply_with_a_wrong_signature_or_key_is_not_shown()
    {
        await using var host = await SandboxHost.Start(SandboxMode.Secure);
        var openid = await host.Follower();
        host.Product.Answers(_ => OwnCrypto.EncryptedReply(openid, "假的", signature: new string('0', 40)));
        await host.Say(openid, "你好");
        host.Product.Answers(_ => OwnCrypto.EncryptedReply(openid, "假的", key: SandboxHost.OldKey));
        await host.Say(openid, "你好");
        (await host.InboxTexts(openid)).ShouldBe([Failure, Failure]);
    }

    [Fact]
    public async Task The_key_can_change_and_the_change_outlives_a_restart()
    {
        await using var host = await SandboxHost.Start(SandboxMode.Secure);
        var openid = await host.Follower();
        await host.Control("rotate-key", new { appId = SandboxHost.AppId, use = "previous" });
        await host.Restart();
        host.Product.Answers(_ => OwnCrypto.EncryptedReply(openid, "旧钥匙", key: SandboxHost.OldKey));
        await host.Say(openid, "你好");
        OwnCrypto.Open(SandboxHost.OldKey, host.Product.Received[^1].Xml().Element("Encrypt")!.Value).AppId.ShouldBe(SandboxHost.AppId);
        (await host.InboxTexts(openid)).ShouldBe(["旧钥匙"]);
    }

    [Fact]
    public async Task The_console_check_wants_its_echo_back()
    {
        await using var host = await SandboxHost.Start();
        (await host.Control("verify-callback", new { appId = SandboxHost.AppId })).GetProperty("ok").GetBoolean().ShouldBeTrue();
    }

    static string Reply(string openid, string type, string fields) =>
        $"<xml><ToUserName>{openid}</ToUserName><FromUserName>{SandboxHost.GhId}</FromUserName><CreateTime>1</CreateTime><MsgType>{type}</MsgType>{fields}</xml>";

    static (string Random, string Message, string AppId) CheckEncryption(ReceivedPush push, string encrypted)
    {
        push.Query["encrypt_type"].ShouldBe("aes");
        push.Query["msg_signature"].ShouldBe(OwnCrypto.Sha1OfSorted(SandboxHost.Token, push.Query["timestamp"], push.Query["nonce"], encrypted));
        var opened = OwnCrypto.Open(SandboxHost.Key, encrypted);
        opened.AppId.ShouldBe(SandboxHost.AppId);
        return opened;
    }
}
