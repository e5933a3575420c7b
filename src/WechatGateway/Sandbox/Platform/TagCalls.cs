using System.Globalization;
using System.Text;
using System.Text.Json;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Platform;

/// <summary>Tags on followers: /cgi-bin/tags/* and /cgi-bin/user/tag/get. Ids 0–2 are the platform's own; ours begin at 100.</summary>
internal static class TagCalls
{
    const int NameBytes = 30;
    const int MembersAtOnce = 50;
    const int FirstOwnId = 100;
    static readonly StoredTag star = new(2, "", "星标组");

    public static object Create(PlatformCall call)
    {
        var name = Name(call);
        var own = Of(call).ToList();
        if (own.Count >= call.Limits.TagsOfAccount) throw new PlatformError(45056, "too many tag now, no need to add new", $"一个公众号最多 {call.Limits.TagsOfAccount} 个标签。");
        var tag = new StoredTag(NextId(call), call.Account.AppId, name);
        call.State.Tags.Put(Key(tag), tag);
        return new { tag = new { id = tag.Id, name = tag.Name } };
    }

    public static object Get(PlatformCall call) => new
    {
        tags = Of(call).Prepend(star).Select(tag => new { id = tag.Id, name = tag.Name, count = Members(call, tag.Id).Count }).ToList(),
    };

    public static object Update(PlatformCall call)
    {
        var tag = Own(call, call.Body.Field("tag")?.Number("id"));
        call.State.Tags.Put(Key(tag), tag with { Name = Name(call, tag.Id) });
        return PlatformCall.Ok;
    }

    /// <summary>Deletes the tag and takes it off everybody.</summary>
    public static object Delete(PlatformCall call)
    {
        var tag = Own(call, call.Body.Field("tag")?.Number("id"));
        foreach (var person in call.State.Followers.Values.Where(person => person.AppId == tag.AppId && person.Tags.Contains(tag.Id)).ToList())
            Change(call, person, [.. person.Tags.Where(id => id != tag.Id)]);
        call.State.Tags.Remove(Key(tag));
        MenuCalls.Told(call);
        return PlatformCall.Ok;
    }

    public static object Tag(PlatformCall call)
    {
        var (tag, people) = Batch(call);
        if (people.Any(person => !person.Tags.Contains(tag) && person.Tags.Count >= call.Limits.TagsOfFollower))
            throw new PlatformError(45059, "there is a user with too many tags", $"一位关注者最多 {call.Limits.TagsOfFollower} 个标签。");
        foreach (var person in people.Where(person => !person.Tags.Contains(tag))) Change(call, person, [.. person.Tags, tag]);
        return PlatformCall.Ok;
    }

    public static object Untag(PlatformCall call)
    {
        var (tag, people) = Batch(call);
        foreach (var person in people.Where(person => person.Tags.Contains(tag))) Change(call, person, [.. person.Tags.Where(id => id != tag)]);
        return PlatformCall.Ok;
    }

    public static object OfFollower(PlatformCall call) => new { tagid_list = call.Follower(call.Required("openid", 40003)).Tags };

    public static object Followers(PlatformCall call)
    {
        var tag = Known(call, call.Body.Number("tagid"));
        var page = UserCalls.Page(call, Members(call, tag), call.Body.Text("next_openid"));
        return page.Count == 0 ? new { count = 0 } : new { count = page.Count, data = new { openid = page }, next_openid = page[^1] };
    }

    public static StoredTag? Find(PlatformCall call, long? id) => id == star.Id ? star : Of(call).FirstOrDefault(tag => tag.Id == id);

    static (int Tag, IReadOnlyList<Follower> People) Batch(PlatformCall call)
    {
        var openIds = call.Body.Items("openid_list");
        if (openIds.Count is 0 or > MembersAtOnce) throw new PlatformError(40032, "invalid openid list size", $"openid_list 每次 1–{MembersAtOnce} 个。");
        var tag = Known(call, call.Body.Number("tagid"));
        return (tag, [.. openIds.Select(openId => Following(call, openId)).DistinctBy(person => person.OpenId)]);
    }

    static Follower Following(PlatformCall call, JsonElement openId)
    {
        var text = openId.ValueKind == JsonValueKind.String ? openId.GetString()! : "";
        if (call.State.Followers[text] is { } other && other.AppId != call.Account.AppId)
            throw new PlatformError(49003, "not match openid with appid", "openid 属于别的账号。");
        return call.Follower(text) is { Following: true } person ? person : throw new PlatformError(40003, "invalid openid", "只能给关注者打标签。");
    }

    static void Change(PlatformCall call, Follower person, IReadOnlyList<int> tags)
    {
        person = call.State.Followers.Put(person.OpenId, person with { Tags = tags });
        call.Platform.Feed.Tell("follower", person);
        MenuCalls.Told(call);
    }

    static string Name(PlatformCall call, int? self = null)
    {
        var name = call.Body.Field("tag")?.Text("name");
        if (string.IsNullOrEmpty(name) || Encoding.UTF8.GetByteCount(name) > NameBytes)
            throw new PlatformError(45158, "invalid tag name size", $"标签名 1–{NameBytes} 字节。");
        return name == star.Name || Of(call).Any(tag => tag.Name == name && tag.Id != self)
            ? throw new PlatformError(45157, "invalid tag name", "标签名已存在。") : name;
    }

    static StoredTag Own(PlatformCall call, long? id) => id is 0 or 1 or 2
        ? throw new PlatformError(45058, "can not modify sys tag", "0、1、2 是系统标签，不能修改或删除。")
        : Find(call, id) ?? throw new PlatformError(45159, "invalid tag id", "没有这个标签。");

    static int Known(PlatformCall call, long? id) => Find(call, id)?.Id ?? throw new PlatformError(45159, "invalid tag id", "没有这个标签。");

    static IReadOnlyList<string> Members(PlatformCall call, int tag) => UserCalls.OpenIds(call, person => person.Tags.Contains(tag));

    static IEnumerable<StoredTag> Of(PlatformCall call) => call.State.Tags.Values.Where(tag => tag.AppId == call.Account.AppId).OrderBy(tag => tag.Id);

    /// <summary>Ids never come back: a deleted tag's id may still stand in somebody's menu.</summary>
    static int NextId(PlatformCall call) => FirstOwnId + (int)(call.State.Next() % 1_000_000);

    static string Key(StoredTag tag) => string.Create(CultureInfo.InvariantCulture, $"{tag.AppId}/{tag.Id}");
}
