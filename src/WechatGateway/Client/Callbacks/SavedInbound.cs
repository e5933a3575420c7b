using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Courier.Wechat.Client.Callbacks;

/// <summary>
/// A message or event as bytes, for keeping it until it can be handled. All elements are kept, so what is read again is what came;
/// that it was genuine was proven before it was saved.
/// </summary>
public static class SavedInbound
{
    /// <summary>Writes it as one line of JSON in UTF-8.</summary>
    public static byte[] Write(Inbound inbound)
    {
        ArgumentNullException.ThrowIfNull(inbound);
        var output = new ArrayBufferWriter<byte>(512);
        FieldsWriter.WriteJson(inbound.Fields, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote; false for anything that is no JSON object.</summary>
    public static bool TryRead(ReadOnlySpan<byte> saved, [NotNullWhen(true)] out Inbound? inbound)
    {
        inbound = CallbackBody.TryRead(saved, out var fields, out _) ? InboundTypes.Read(fields) : null;
        return inbound is not null;
    }
}
