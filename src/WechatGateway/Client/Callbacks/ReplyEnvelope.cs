using System.Buffers;
using Courier.Wechat.Client.Crypto;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>The envelope of an encrypted reply: Encrypt, MsgSignature, TimeStamp, Nonce, in XML or JSON.</summary>
internal static class ReplyEnvelope
{
    public static byte[] Write(BodyFormat format, string token, string encrypt, string timestamp, string nonce)
    {
        var envelope = new Fields(
        [
            new Field("Encrypt", encrypt),
            new Field("MsgSignature", CallbackSignature.OfMessage(token, timestamp, nonce, encrypt)),
            new Field("TimeStamp", timestamp) { IsNumber = true },
            new Field("Nonce", nonce),
        ]);
        var buffer = new ArrayBufferWriter<byte>(encrypt.Length + 256);
        if (format == BodyFormat.Json) FieldsWriter.WriteJson(envelope, buffer);
        else FieldsWriter.WriteXml(envelope, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
