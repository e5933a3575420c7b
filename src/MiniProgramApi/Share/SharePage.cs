using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Courier.Services.Calendars;
using Courier.Services.Parcels;

namespace Courier.MiniProgramApi.Share;

/// <summary>The page behind a shared link: plain HTML for a phone, no script, nothing from elsewhere.</summary>
internal static class SharePage
{
    private const string Style =
        """
        :root{color-scheme:light dark;--ink:#1c2024;--soft:#687078;--line:#e3e6e9;--paper:#fff;--ground:#f4f5f7;--mark:#0a7d4b}
        @media(prefers-color-scheme:dark){:root{--ink:#eceef0;--soft:#9aa3ab;--line:#33383d;--paper:#1d2023;--ground:#121416;--mark:#4cc38a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
        main{max-width:34rem;margin:0 auto;padding:16px}
        section{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:16px;margin:0 0 12px}
        h1{font-size:1.5rem;line-height:1.3;margin:0}
        .way{font-size:1.05rem;margin:4px 0 0}
        .eta{margin:12px 0 0;color:var(--mark);font-weight:600}
        .note{margin:4px 0 0;color:var(--soft)}
        ol{list-style:none;margin:0;padding:0}
        li{position:relative;padding:0 0 16px 22px}
        li:last-child{padding-bottom:0}
        li:before{content:"";position:absolute;left:3px;top:9px;width:9px;height:9px;border-radius:50%;background:var(--line)}
        li:after{content:"";position:absolute;left:7px;top:20px;bottom:-8px;width:1px;background:var(--line)}
        li:last-child:after{display:none}
        li:first-child:before{background:var(--mark)}
        li:first-child b{color:var(--mark)}
        time{color:var(--soft);font-variant-numeric:tabular-nums;font-size:.9rem;display:block}
        footer{color:var(--soft);font-size:.85rem;padding:0 4px}
        footer p{margin:0 0 4px}
        """;

    // Only what belongs on a page may be written as it is: letters of all scripts, not < > & " '.
    private static readonly HtmlEncoder Html = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>What browsers are told: nothing is loaded, nothing runs, only this very style applies.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>The same for whatever is wrong with a link.</summary>
    public static string Gone { get; } = Notice(Texts.ShareGone, Texts.ShareGoneWhy);

    /// <summary>While the database is away.</summary>
    public static string Away { get; } = Notice(Texts.ShareAway, Texts.ShareAwayWhat);

    /// <summary>The page of a parcel.</summary>
    public static string Of(SharedParcel parcel, DateTimeOffset now)
    {
        var body = new StringBuilder("<section><h1>").Append(Html.Encode(parcel.StatusText)).Append("</h1>");
        if (parcel.FromCity.Length > 0 && parcel.ToCity.Length > 0) body.Append("<p class=\"way\">").Append(Html.Encode($"{parcel.FromCity} → {parcel.ToCity}")).Append("</p>");
        if (parcel.Eta is { } eta) body.Append("<p class=\"eta\">").Append(Html.Encode(OutlookWords.Of(eta, now))).Append("</p>");
        if (parcel.Promise is { } promise)
            body.Append("<p class=\"note\">").Append(Html.Encode(promise)).Append("</p>");
        body.Append("<p class=\"note\">").Append(Html.Encode($"运单 {parcel.MaskedWaybill}")).Append("</p></section><section>");
        if (parcel.Points.Count == 0) body.Append("<p class=\"note\">").Append(Html.Encode(Texts.ShareNothingYet)).Append("</p>");
        else Route(body, parcel.Points, now);
        body.Append("</section><footer><p>").Append(Html.Encode(Texts.ShareUntil(ChinaTime.Words(parcel.EndsAt, now)))).Append("</p><p>").Append(Html.Encode(Texts.SharePrivacy)).Append("</p></footer>");
        return Page(Texts.ShareTitle, body.ToString());
    }

    private static string Notice(string title, string what) => Page(title, $"<section><h1>{Html.Encode(title)}</h1><p class=\"note\">{Html.Encode(what)}</p></section>");

    private static void Route(StringBuilder body, IReadOnlyList<SharedPoint> points, DateTimeOffset now)
    {
        body.Append("<ol>");
        foreach (var point in points)
            body.Append("<li><b>").Append(Html.Encode(point.Text)).Append("</b>").Append(point.City.Length > 0 ? Html.Encode("　" + point.City) : "")
                .Append("<time>").Append(Html.Encode(ChinaTime.Words(point.At, now))).Append("</time></li>");
        body.Append("</ol>");
    }

    private static string Page(string title, string body) =>
        $"""
        <!doctype html>
        <html lang="zh-CN">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex,nofollow">
        <title>{Html.Encode(title)}</title>
        <style>{Style}</style>
        </head>
        <body><main>{body}</main></body>
        </html>
        """;
}
