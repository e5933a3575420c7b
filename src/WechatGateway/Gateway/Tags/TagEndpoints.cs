using System.Text;
using Courier.Http;
using Courier.Services.Customers;
using Courier.Services.Editions;
using Courier.Services.Staff;
using Courier.WechatGateway.Editions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Courier.WechatGateway.Tags;

/// <summary>The tags of an account, on the desk's pages.</summary>
internal static class TagEndpoints
{
    private const int LongestName = 30, LastOfWechat = 2;

    public static void MapTags(this IEndpointRouteBuilder endpoints)
    {
        var tags = endpoints.MapGroup("/api/desk/v1/wechat/tags/{appId}");
        tags.MapGet("", async Task<Results<Ok<ListOf<FollowerTag>>, ProblemHttpResult>> (string appId, WechatAccounts accounts, FollowerTags known, CancellationToken ct) =>
            accounts.TryFind(appId, out _) ? TypedResults.Ok(new ListOf<FollowerTag>(await known.All(appId, ct).ConfigureAwait(false))) : Problems.NotFound()).ForStaff(EditionRights.Read);
        tags.MapPost("", (string appId, TagBody body, CurrentStaff me, WechatAccounts accounts, ChangeTags change, FollowerTags known, CancellationToken ct) =>
            Done(appId, accounts, known, account => change.Create(account, NameIn(body), StaffId.Parse(me.Id), ct), ct)).ForStaff(EditionRights.Edit).TakesIdempotencyKey();
        tags.MapPost("/refresh", (string appId, CurrentStaff me, WechatAccounts accounts, ChangeTags change, FollowerTags known, CancellationToken ct) =>
            Done(appId, accounts, known, account => change.Refresh(account, StaffId.Parse(me.Id), ct), ct)).ForStaff(EditionRights.Edit).TakesIdempotencyKey();
        tags.MapPut("/{tagId:int}", (string appId, int tagId, TagBody body, CurrentStaff me, WechatAccounts accounts, ChangeTags change, FollowerTags known, CancellationToken ct) =>
            OfOurs(tagId, () => Done(appId, accounts, known, account => change.Rename(account, tagId, NameIn(body), StaffId.Parse(me.Id), ct), ct))).ForStaff(EditionRights.Edit);
        tags.MapDelete("/{tagId:int}", (string appId, int tagId, CurrentStaff me, WechatAccounts accounts, ChangeTags change, FollowerTags known, CancellationToken ct) =>
            OfOurs(tagId, () => Done(appId, accounts, known, account => change.Remove(account, tagId, StaffId.Parse(me.Id), ct), ct))).ForStaff(EditionRights.Edit);
        tags.MapPut("/{tagId:int}/followers/{openId}", (string appId, int tagId, string openId, CurrentStaff me, WechatAccounts accounts, ChangeTags change, FollowerTags known, CancellationToken ct) =>
            Done(appId, accounts, known, account => change.Tag(account, tagId, FollowerIn(openId), StaffId.Parse(me.Id), ct), ct)).ForStaff(EditionRights.Edit);
        tags.MapDelete("/{tagId:int}/followers/{openId}", (string appId, int tagId, string openId, CurrentStaff me, WechatAccounts accounts, ChangeTags change, FollowerTags known, CancellationToken ct) =>
            Done(appId, accounts, known, account => change.Untag(account, tagId, FollowerIn(openId), StaffId.Parse(me.Id), ct), ct)).ForStaff(EditionRights.Edit);
    }

    private static async Task<Results<Ok<ListOf<FollowerTag>>, ProblemHttpResult>> Done(
        string appId, WechatAccounts accounts, FollowerTags known, Func<GatewayAccount, Task> change, CancellationToken ct)
    {
        if (!accounts.TryFind(appId, out var account) || account.Kind != AccountKind.OfficialAccount) return Problems.NotFound();
        await change(account).ConfigureAwait(false);
        return TypedResults.Ok(new ListOf<FollowerTag>(await known.All(appId, ct).ConfigureAwait(false)));
    }

    // 0 to 2 are WeChat's own, such as the star: they have neither another name nor an end.
    private static Task<Results<Ok<ListOf<FollowerTag>>, ProblemHttpResult>> OfOurs(int tagId, Func<Task<Results<Ok<ListOf<FollowerTag>>, ProblemHttpResult>>> change) =>
        tagId > LastOfWechat ? change() : throw new BadInput("tagId", Texts.TagOfWechat);

    private static string NameIn(TagBody body) => body.Name?.Trim() is { Length: > 0 } name && Encoding.UTF8.GetByteCount(name) <= LongestName
        ? name : throw new BadInput("name", Texts.NameWrong);

    private static OpenId FollowerIn(string openId) => OpenId.TryParse(openId, null, out var follower) ? follower : throw new BadInput("openId", Texts.OpenIdWrong);
}

/// <summary>A new tag.</summary>
internal sealed record TagBody(string? Name);
