using Courier.Simulator.Network;

namespace Courier.Simulator.Demo;

/// <summary>A demo customer of the seed data.</summary>
internal sealed record DemoPerson(string OpenId, string UnionId, string Nickname, string Phone);

internal static class DemoPeople
{
    public static IReadOnlyList<DemoPerson> All { get; } =
        [.. SeedFile.Rows("followers.csv").Select(row => new DemoPerson(row[0], row[1], row[2], row[3]))];
}
