using System.Text;
using System.Text.Encodings.Web;
using Courier.Wechat.Sandbox.Phone;
using Courier.Wechat.Sandbox.State;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>
/// The page that a customer sees when a site asks who they are. Inside a phone of the sandbox the phone says which customer
/// it belongs to and nothing has to be clicked; elsewhere the page lets one choose. <c>sandbox_openid</c> chooses at once,
/// <c>sandbox_denies</c> sends back whom the customer's "no" sends back: without a code.
/// </summary>
internal static class WebLoginPage
{
    public static IResult Authorize(SandboxPlatform platform, HttpContext http)
    {
        var query = http.Request.Query;
        var account = platform.Account(query["appid"]);
        var problem = Problem(account, query);
        if (problem is not null || account is null) return Page(problem ?? "", []);
        lock (platform.State.Gate)
        {
            var people = platform.State.Followers.Values.Where(person => person.AppId == account.AppId).OrderBy(person => person.OpenId).ToList();
            if (query["sandbox_denies"] == "1") return Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), "state", query["state"].ToString()));
            return people.FirstOrDefault(person => person.OpenId == query["sandbox_openid"]) is { } chosen
                ? Results.Redirect(Back(platform, chosen, query))
                : Page(null, people);
        }
    }

    static string? Problem(SandboxAccount? account, IQueryCollection query)
    {
        if (account is null) return "参数错误：没有这个 appid。";
        if (query["response_type"] != "code") return "参数错误：response_type 必须是 code。";
        if (query["scope"].ToString() is not ("snsapi_base" or "snsapi_userinfo")) return "参数错误：scope 只能是 snsapi_base 或 snsapi_userinfo。";
        if (query["state"].ToString() is { } state && (state.Length > 128 || !state.All(char.IsAsciiLetterOrDigit)))
            return "参数错误：state 最多 128 个字母或数字。";
        return Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? null : "redirect_uri 域名与后台配置不一致。";
    }

    static string Back(SandboxPlatform platform, Follower person, IQueryCollection query)
    {
        var code = LoginCodes.Issue(platform, person, CodePurpose.WebLogin, query["scope"].ToString());
        return QueryHelpers.AddQueryString(query["redirect_uri"].ToString(),
            new Dictionary<string, string?> { ["code"] = code.Code, ["state"] = query["state"].ToString() });
    }

    static IResult Page(string? problem, IReadOnlyList<Follower> people)
    {
        var content = new StringBuilder();
        if (problem is not null) content.Append($"<p class=\"problem\" data-testid=\"authorize-problem\">{HtmlEncoder.Default.Encode(problem)}</p>");
        foreach (var person in people)
            content.Append($"<button data-openid=\"{HtmlEncoder.Default.Encode(person.OpenId)}\">{HtmlEncoder.Default.Encode(person.Nickname)}</button>");
        if (problem is null && people.Count == 0) content.Append("<p>还没有任何粉丝，请先在手机页面添加。</p>");
        return PhonePage.Html("authorize.html", content.ToString(), problem is null ? 200 : 400);
    }
}
