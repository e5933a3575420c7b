using System.Globalization;
using System.Text;
using Courier.Bench.Kit;
using Courier.Wechat.Client;
using Courier.Wechat.Client.Crypto;

namespace Courier.Bench;

/// <summary>Writes callbacks as WeChat posts them in safe mode, the whole HTTP request, each with its own message id and nonce.</summary>
internal sealed class WechatSender
{
    private static readonly string Timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    private readonly MessageCipher _cipher = new(World.AppId, EncodingAesKey.Parse(World.AesKey));
    private readonly Random _random;
    private long _messageId = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;

    public WechatSender(int seed) => _random = new Random(seed);

    /// <summary>A text message of a customer.</summary>
    public byte[] Text(string openId, string content) => Request(
        $"<xml><ToUserName><![CDATA[{World.OriginalId}]]></ToUserName><FromUserName><![CDATA[{openId}]]></FromUserName><CreateTime>{Timestamp}</CreateTime>"
        + $"<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{content}]]></Content><MsgId>{Interlocked.Increment(ref _messageId)}</MsgId></xml>");

    /// <summary>Decrypts the words of an answer; null when it carries none.</summary>
    public string? WordsOf(ReadOnlySpan<byte> answer)
    {
        var text = Encoding.UTF8.GetString(answer);
        if (Between(text, "<Encrypt><![CDATA[", "]]>") is not { } encrypt || !_cipher.TryDecrypt(encrypt, out var message, out _)) return null;
        return Between(Encoding.UTF8.GetString(message), "<Content><![CDATA[", "]]>");
    }

    /// <summary>Whether an answer says that the words will follow by themselves.</summary>
    public static bool IsLate(in Answer answer) => answer.Status == 200 && answer.Body.SequenceEqual("success"u8);

    private byte[] Request(string xml)
    {
        var encrypt = _cipher.Encrypt(Encoding.UTF8.GetBytes(xml), _cipher.Current, _random.NextBytes);
        var nonce = _random.NextInt64().ToString(CultureInfo.InvariantCulture);
        var signature = CallbackSignature.OfMessage(World.Token, Timestamp, nonce, encrypt);
        var plain = CallbackSignature.OfQuery(World.Token, Timestamp, nonce);
        var body = $"<xml><ToUserName><![CDATA[{World.OriginalId}]]></ToUserName><Encrypt><![CDATA[{encrypt}]]></Encrypt></xml>";
        return Encoding.UTF8.GetBytes(
            $"POST /wechat/callback/{World.AppId}?signature={plain}&timestamp={Timestamp}&nonce={nonce}&openid=o&encrypt_type=aes&msg_signature={signature} HTTP/1.1\r\n"
            + $"Host: 127.0.0.1\r\nUser-Agent: Mozilla/4.0\r\nAccept: */*\r\nContent-Type: text/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    private static string? Between(string text, string before, string after)
    {
        var at = text.IndexOf(before, StringComparison.Ordinal);
        if (at < 0) return null;
        at += before.Length;
        var end = text.IndexOf(after, at, StringComparison.Ordinal);
        return end < 0 ? null : text[at..end];
    }
}
