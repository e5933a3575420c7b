using System.Buffers;
using System.Globalization;
using System.Text;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Callbacks;
using Courier.Wechat.Client.Crypto;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Courier.Bench;

/// <summary>
/// The least that any callback endpoint must do: verify, decrypt, parse, encrypt a fixed reply. No routing, no logging, no database; spans instead
/// of an XML reader, for the message the product's own, which goes over it once. It shows what the platform itself costs.
/// </summary>
internal static class BareCallback
{
    public const string Name = "bare-callback";

    private static readonly MessageCipher Cipher = new(World.AppId, EncodingAesKey.Parse(World.AesKey));

    public static async Task Serve(string[] arguments)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { Args = arguments });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(Answer);
        await app.StartAsync();
        Console.WriteLine($"ready at {app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}");
        await Task.Delay(Timeout.Infinite); // until it is killed
    }

    private static async Task Answer(HttpContext context)
    {
        var length = (int)(context.Request.ContentLength ?? 0);
        var body = ArrayPool<byte>.Shared.Rent(length);
        for (var at = 0; at < length;) at += await context.Request.Body.ReadAsync(body.AsMemory(at, length - at));
        var reply = ReplyTo(context.Request.QueryString.Value!, body.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(body);
        if (reply is null)
        {
            context.Response.StatusCode = 403;
            context.Response.ContentLength = 0;
            return;
        }
        context.Response.ContentType = "application/xml; charset=utf-8";
        context.Response.ContentLength = reply.Length;
        await context.Response.Body.WriteAsync(reply);
    }

    private static byte[]? ReplyTo(string query, ReadOnlySpan<byte> body)
    {
        var encrypt = Encoding.ASCII.GetString(Between(body, "<Encrypt><![CDATA["u8));
        if (!CallbackSignature.IsValidMessage(World.Token, Part(query, "&timestamp="), Part(query, "&nonce="), encrypt, Part(query, "&msg_signature="))) return null;
        if (!Cipher.TryDecrypt(encrypt, out var message, out var key) || !CallbackBody.TryRead(message, out var fields, out _)) return null;
        var sender = fields.Text("FromUserName");
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var reply = $"<xml><ToUserName><![CDATA[{sender}]]></ToUserName><FromUserName><![CDATA[{World.OriginalId}]]></FromUserName><CreateTime>{now}</CreateTime>"
            + $"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{Fixed}]]></Content></xml>";
        var sealedReply = Cipher.Encrypt(Encoding.UTF8.GetBytes(reply), key, Randomness.Secure);
        var nonce = Randomness.Nonce(Randomness.Secure);
        return Encoding.UTF8.GetBytes(
            $"<xml><Encrypt><![CDATA[{sealedReply}]]></Encrypt><MsgSignature><![CDATA[{CallbackSignature.OfMessage(World.Token, now, nonce, sealedReply)}]]></MsgSignature>"
            + $"<TimeStamp>{now}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>");
    }

    // As long as what the product answers here, so that both encrypt and send the same.
    private static readonly string Fixed = string.Concat(Enumerable.Repeat("快件北京市，已扫描，北京市转运中心\n", 8));

    private static ReadOnlySpan<byte> Between(ReadOnlySpan<byte> text, ReadOnlySpan<byte> before)
    {
        var at = text.IndexOf(before);
        if (at < 0) return [];
        text = text[(at + before.Length)..];
        var end = text.IndexOf("]]>"u8);
        return end < 0 ? [] : text[..end];
    }

    // The signature of the query stands first, so everything that is looked for here follows a "&".
    private static string Part(string query, string name)
    {
        var at = query.IndexOf(name, StringComparison.Ordinal);
        if (at < 0) return "";
        at += name.Length;
        var end = query.IndexOf('&', at);
        return end < 0 ? query[at..] : query[at..end];
    }
}
