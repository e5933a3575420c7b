using Courier.Kernel;
using Courier.Kernel.Data;
using Microsoft.AspNetCore.Builder;

namespace Courier.Host;

/// <summary>What a process can be told to be (setting <c>Roles</c>).</summary>
internal enum Role
{
    All,
    Wechat,
    Api,
    CallCenter,
    Worker,
    Sandbox,
}

/// <summary>What can be mapped under HTTP.</summary>
internal enum Face
{
    WechatGateway,
    MiniProgramApi,
    Desk,
    Live,
    Sandbox,
    Simulator,
}

/// <summary>What a role does: the faces that it maps, and whether it runs the outbox's reactions, the scheduled jobs and the telephone.</summary>
internal sealed record RolePlan(Role Role, Face[] Faces, bool Outbox, bool Jobs, bool Telephone = false);

/// <summary>THE table: what each role maps, runs and schedules. Every role registers all services.</summary>
internal static class Roles
{
    public static IReadOnlyList<RolePlan> Table { get; } =
    [
        new(Role.All, [Face.WechatGateway, Face.MiniProgramApi, Face.Desk, Face.Live], Outbox: true, Jobs: true, Telephone: true),
        new(Role.Wechat, [Face.WechatGateway], Outbox: false, Jobs: false),
        new(Role.Api, [Face.MiniProgramApi, Face.Desk], Outbox: false, Jobs: false),
        new(Role.CallCenter, [Face.Live], Outbox: false, Jobs: false, Telephone: true),
        new(Role.Worker, [], Outbox: true, Jobs: true),
        new(Role.Sandbox, [Face.Sandbox, Face.Simulator], Outbox: false, Jobs: false),
    ];

    /// <summary>Reads the setting: names separated by commas; empty means all.</summary>
    /// <exception cref="WrongConfiguration">A name is unknown, or the roles cannot run like this.</exception>
    public static RunPlan Read(string? setting, DatabaseProvider database, bool development)
    {
        var names = (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var roles = names.Length == 0 ? [Role.All] : names.Select(Parse).Distinct().ToArray();
        if (database == DatabaseProvider.Sqlite && roles.Any(r => r is Role.Wechat or Role.Api or Role.CallCenter or Role.Worker))
            throw new WrongConfiguration("Roles: split roles need Database:Provider MySql, because SQLite belongs to one process; use Roles=all with SQLite");
        if (roles.Contains(Role.Sandbox) && !development)
            throw new WrongConfiguration("Roles: the sandbox runs in Development only");
        var plans = Table.Where(p => roles.Contains(p.Role)).ToArray();
        var faces = plans.SelectMany(p => p.Faces).ToHashSet();
        if (roles.Contains(Role.All) && development) faces.UnionWith([Face.Sandbox, Face.Simulator]);
        return new RunPlan(roles, faces, plans.Any(p => p.Outbox), plans.Any(p => p.Jobs), plans.Any(p => p.Telephone));
    }

    private static Role Parse(string name) =>
        Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(r => string.Equals(r.ToString(), name, StringComparison.OrdinalIgnoreCase))
        ?? throw new WrongConfiguration($"Roles: \"{name}\" is unknown; allowed are {string.Join(", ", Enum.GetNames<Role>().Select(n => n.ToLowerInvariant()))}");
}

/// <summary>What this process does.</summary>
internal sealed record RunPlan(IReadOnlyList<Role> Roles, IReadOnlySet<Face> Faces, bool Outbox, bool Jobs, bool Telephone)
{
    /// <summary>Stands in while a wrong setting is being reported.</summary>
    public static RunPlan Nothing { get; } = new([], new HashSet<Face>(), Outbox: false, Jobs: false, Telephone: false);
}
