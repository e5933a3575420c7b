using System.Text.Json;
using System.Xml.Linq;

namespace Courier.Wechat.Sandbox.Tests;

/// <summary>Short ways to read answers and to write replies.</summary>
public static class Answers
{
    public static int Errcode(this JsonElement answer) => answer.TryGetProperty("errcode", out var code) ? code.GetInt32() : 0;

    public static XElement Xml(this ReceivedPush push) => XElement.Parse(push.Body);

    public static string TextReply(string openid, string content, string from = SandboxHost.GhId) =>
        $"<xml><ToUserName><![CDATA[{openid}]]></ToUserName><FromUserName><![CDATA[{from}]]></FromUserName><CreateTime>1</CreateTime>"
        + $"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content></xml>";

    /// <summary>Waits for something that happens on its own, with an end.</summary>
    public static async Task<T> Until<T>(Func<Task<T>> look, Func<T, bool> fine)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var seen = await look();
            if (fine(seen)) return seen;
            if (deadline.IsCancellationRequested) throw new TimeoutException($"still {seen} after ten seconds");
            await Task.Delay(5);
        }
    }
}
