using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>
/// What makes two pushes the same one. A message: sender and MsgId, because a MsgId alone can repeat across customers.
/// An event: sender, event, key, its own id (MsgID, Ticket or trace_id) and a hash of the decrypted body, because several events
/// of one customer share a second. The envelope never counts: a repeated push has another timestamp, nonce and random prefix.
/// </summary>
public static class DeduplicationKey
{
    private const int HashBytes = 16;
    private const int LongestName = 64;

    /// <summary>A key of at most 200 characters: <c>m:openid:MsgId</c> or <c>e:openid:event:hash</c>.</summary>
    /// <param name="inbound">The message or event.</param>
    /// <param name="body">Its body in plain text: decrypted where it came encrypted.</param>
    public static string Of(Inbound inbound, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        return inbound is InboundMessage { MsgId: { Length: > 0 and <= LongestName } id } && inbound.OpenId.Length <= LongestName
            ? $"m:{inbound.OpenId}:{id}"
            : $"e:{Short(inbound.OpenId)}:{Short((inbound as InboundEvent)?.EventName.ToLowerInvariant() ?? inbound.MsgType)}:{Hash(inbound, body)}";
    }

    private static string Hash(Inbound inbound, ReadOnlySpan<byte> body)
    {
        var fields = inbound.Fields;
        var identity = $"{inbound.OpenId}\n{fields.Text("Event")}\n{fields.Text("EventKey")}\n{fields.Text("MsgID")}\n{fields.Text("Ticket")}\n{fields.Text("trace_id")}\n";
        var size = Encoding.UTF8.GetMaxByteCount(identity.Length) + body.Length;
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        var length = Encoding.UTF8.GetBytes(identity, buffer);
        body.CopyTo(buffer.AsSpan(length));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length + body.Length), hash);
        ArrayPool<byte>.Shared.Return(buffer);
        return Convert.ToHexStringLower(hash[..HashBytes]);
    }

    // The hash covers the whole name; the readable part is cut so that the key fits a column.
    private static string Short(string name) => name.Length <= LongestName ? name : name[..LongestName];
}
