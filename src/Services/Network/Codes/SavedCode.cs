using System.Text;
using System.Text.Json;
using Courier.Kernel;
using Courier.Kernel.Data;
using Courier.Services.Customers;

namespace Courier.Services.Network.Codes;

/// <summary>A pickup code that somebody pasted.</summary>
/// <param name="Code">What is typed or said at the counter: <c>12-3-4567</c>.</param>
/// <param name="Place">Where; empty when the text did not say.</param>
/// <param name="Carrier">Which carrier; empty when the text did not say.</param>
public sealed record PastedCode(string Code, string Place, string Carrier)
{
    /// <summary>The parcel's number; empty when the text did not say.</summary>
    public string Waybill { get; init; } = "";

    /// <summary>Until when it lies there for nothing, by the text; null when it did not say.</summary>
    public DateTimeOffset? FreeUntil { get; init; }

    /// <summary>Does the text name that moment? Else it names a span, which counts from when it is read, and is no news when the same text is read again.</summary>
    public bool IsFreeUntilNamed { get; init; }

    /// <summary>Without the code.</summary>
    public override string ToString() => $"{Carrier} {Place}";
}

/// <summary>A code in a wallet.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Code">What is typed or said.</param>
/// <param name="Place">Where; may be empty.</param>
/// <param name="Carrier">Which carrier; may be empty.</param>
/// <param name="ReceivedAt">Since when it lies there, as far as is known.</param>
/// <param name="FreeUntil">Until when it lies there for nothing; null when nobody knows.</param>
/// <param name="FetchedAt">When somebody said that it was fetched; null while it waits.</param>
public sealed record SavedCode(
    string Id, CustomerId Owner, string Code, string Place, string Carrier, DateTimeOffset ReceivedAt, DateTimeOffset? FreeUntil, DateTimeOffset? FetchedAt)
{
    /// <summary>The parcel's number; empty when nobody knows.</summary>
    public string Waybill { get; init; } = "";

    /// <summary>Without the code.</summary>
    public override string ToString() => $"{Id} at {ReceivedAt:u}";
}

/// <summary>What lies encrypted in a row.</summary>
internal sealed record CodeContent(string Code, string Place, string Carrier, string Waybill = "")
{
    public static CodeContent Open(DataKeys keys, string cipher) => JsonSerializer.Deserialize<CodeContent>(keys.Decrypt(cipher), KernelJson.Options)!;

    public string Seal(DataKeys keys) => keys.Encrypt(JsonSerializer.Serialize(this, KernelJson.Options));

    /// <summary>The same code at the same place, whatever the width and the blanks.</summary>
    public static string SameKey(DataKeys keys, PastedCode pasted)
    {
        var text = new StringBuilder();
        foreach (var c in HalfWidth.Of($"{pasted.Code}/{pasted.Place}"))
            if (!char.IsWhiteSpace(c)) text.Append(char.ToUpperInvariant(c));
        return keys.Hash($"pickup/{text}");
    }
}

/// <summary>A row.</summary>
internal sealed record CodeRow
{
    public const string Columns =
        "id as Id, customer_id as Customer, same_key as SameKey, content_cipher as Cipher, received_at as ReceivedAt, free_until as FreeUntil, fetched_at as FetchedAt";

    public required string Id { get; init; }
    public required CustomerId Customer { get; init; }
    public required string SameKey { get; init; }
    public required string Cipher { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required DateTimeOffset? FreeUntil { get; init; }
    public required DateTimeOffset? FetchedAt { get; init; }

    public SavedCode Show(DataKeys keys)
    {
        var content = CodeContent.Open(keys, Cipher);
        return new SavedCode(Id, Customer, content.Code, content.Place, content.Carrier, ReceivedAt, FreeUntil, FetchedAt) { Waybill = content.Waybill };
    }
}
