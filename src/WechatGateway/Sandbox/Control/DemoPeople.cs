using System.Globalization;
using Courier.Wechat.Sandbox.State;

namespace Courier.Wechat.Sandbox.Control;

/// <summary>Twelve made-up people with steady ids: <c>oDemo0001…</c> at the first official account, <c>mDemo0001…</c> at the first mini-program.</summary>
internal static class DemoPeople
{
    static readonly string[] names =
        ["林晓雨", "陈浩然", "王思涵", "李国强", "赵敏", "周子轩", "吴桂芳", "郑凯", "孙悦", "黄志明", "何静怡", "马建军"];

    public static void Register(SandboxOptions options, SandboxState state)
    {
        Register(options.Accounts.FirstOrDefault(account => account.Kind == SandboxAccountKind.OfficialAccount), "o", state);
        Register(options.Accounts.FirstOrDefault(account => account.Kind == SandboxAccountKind.MiniProgram), "m", state);
    }

    /// <summary>The openids of the demo people at the official account, first to last.</summary>
    public static IReadOnlyList<string> OpenIds { get; } = [.. Enumerable.Range(1, names.Length).Select(number => OpenId("o", number))];

    static void Register(SandboxAccount? account, string prefix, SandboxState state)
    {
        if (account is null) return;
        for (var number = 1; number <= names.Length; number++)
        {
            var openId = OpenId(prefix, number);
            if (state.Followers[openId] is not null) continue;
            state.Followers.Put(openId, new()
            {
                OpenId = openId,
                AppId = account.AppId,
                UnionId = Invariant($"uDemo{number:D4}SandboxPersonOfCour"),
                Nickname = names[number - 1],
                Phone = Invariant($"138000000{number:D2}"),
            });
        }
    }

    static string OpenId(string prefix, int number) => Invariant($"{prefix}Demo{number:D4}SandboxPersonOfCour");
    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
