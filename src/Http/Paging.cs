using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Courier.Http;

/// <summary>Which part of a list is asked for: query <c>cursor</c> (as the page before gave it) and <c>limit</c>.</summary>
/// <param name="After">Where the page before ended, in the words of the use case; null for the first page.</param>
/// <param name="Limit">How many items, 1 to <see cref="Most"/>.</param>
public sealed record PageRequest(string? After, int Limit)
{
    /// <summary>Items of a page when the caller does not say.</summary>
    public const int Default = 20;

    /// <summary>Items of a page at most.</summary>
    public const int Most = 100;

    /// <summary>Binds the parameter.</summary>
    /// <exception cref="BadInput">Cursor or limit is wrong.</exception>
    public static ValueTask<PageRequest> BindAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = Default;
        if (query["limit"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Most))
            throw new BadInput("limit", Texts.LimitWrong(Most));
        return ValueTask.FromResult(new PageRequest(Cursor.Read(query["cursor"].ToString()), limit));
    }
}

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">Cursor of the next page; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    /// <summary>Makes a page from what the use case returned.</summary>
    /// <param name="items">The items.</param>
    /// <param name="after">Where the next page begins, in the words of the use case; null at the end.</param>
    public static Page<T> Of(IReadOnlyList<T> items, string? after) => new(items, after is null ? null : Cursor.Write(after));
}

/// <summary>Wraps a position so that callers do not build on its inside.</summary>
internal static class Cursor
{
    public static string Write(string position) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(position));

    public static string? Read(string cursor)
    {
        if (cursor.Length == 0) return null;
        var bytes = new byte[cursor.Length];
        if (cursor.Length > 400 || !Base64Url.IsValid(cursor) || !Base64Url.TryDecodeFromChars(cursor, bytes, out var length) || length == 0)
            throw new BadInput("cursor", Texts.CursorWrong, "request.cursor_invalid");
        return Encoding.UTF8.GetString(bytes, 0, length);
    }
}
