using System.Net.NetworkInformation;
using Courier.Testing;

namespace Courier.Bench.Kit;

/// <summary>Ports for programs that have to be told one, and that do not say when they listen.</summary>
internal static class UdpPorts
{
    /// <summary>One that nobody has now.</summary>
    public static int Free() => PeerProgram.FreePort();

    /// <summary>Waits until somebody listens there, by the system's table of sockets.</summary>
    public static async Task Taken(int port)
    {
        for (var tries = 0; tries < 1200 && !IsTaken(port); tries++) await Task.Delay(50);
        BenchFailed.Unless(IsTaken(port), $"nobody listens at {port}");
    }

    private static bool IsTaken(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(l => l.Port == port);
}
