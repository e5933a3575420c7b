using System.Buffers;
using System.Text;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>The envelope of an encrypted reply: Encrypt, MsgSignature, TimeStamp, Nonce, in XML or JSON.</summary>
internal static class ReplyEnvelope
{
    public static byte[] Write(BodyFormat format, string token, string encrypt, string timestamp, string nonce)
    {
        var signature = CallbackSignature.OfMessage(token, timestamp, nonce, encrypt);
        return format == BodyFormat.Json ? Json(encrypt, signature, timestamp, nonce) : Xml(encrypt, signature, timestamp, nonce);
    }

    // Nothing in it needs escaping: base64, hexadecimal digits, digits, letters and digits.
    private static byte[] Xml(string encrypt, string signature, string timestamp, string nonce)
    {
        var length = Head.Length + encrypt.Length + Second.Length + signature.Length + Third.Length + timestamp.Length + Fourth.Length + nonce.Length + End.Length;
        var written = new byte[length];
        var rest = written.AsSpan();
        Put(Head, encrypt, ref rest);
        Put(Second, signature, ref rest);
        Put(Third, timestamp, ref rest);
        Put(Fourth, nonce, ref rest);
        End.CopyTo(rest);
        return written;
    }

    private static ReadOnlySpan<byte> Head => "<xml><Encrypt><![CDATA["u8;

    private static ReadOnlySpan<byte> Second => "]]></Encrypt><MsgSignature><![CDATA["u8;

    private static ReadOnlySpan<byte> Third => "]]></MsgSignature><TimeStamp>"u8;

    private static ReadOnlySpan<byte> Fourth => "</TimeStamp><Nonce><![CDATA["u8;

    private static ReadOnlySpan<byte> End => "]]></Nonce></xml>"u8;

    private static void Put(ReadOnlySpan<byte> before, string value, ref Span<byte> rest)
    {
        before.CopyTo(rest);
        rest = rest[before.Length..];
        rest = rest[Encoding.ASCII.GetBytes(value, rest)..];
    }

    private static byte[] Json(string encrypt, string signature, string timestamp, string nonce)
    {
        var envelope = new Fields(
        [
            new Field("Encrypt", encrypt),
            new Field("MsgSignature", signature),
            new Field("TimeStamp", timestamp) { IsNumber = true },
            new Field("Nonce", nonce),
        ]);
        var buffer = new ArrayBufferWriter<byte>(encrypt.Length + 256);
        FieldsWriter.WriteJson(envelope, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
