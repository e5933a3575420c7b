using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Courier.Bench.Kit;

/// <summary>Ports for programs that have to be told one, and that do not say when they listen.</summary>
internal static class UdpPorts
{
    /// <summary>One that nobody has now.</summary>
    public static int Free()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
    }

    /// <summary>Waits until somebody listens there, by the system's table of sockets.</summary>
    public static async Task Taken(int port)
    {
        for (var tries = 0; tries < 200 && !IsTaken(port); tries++) await Task.Delay(50);
        BenchFailed.Unless(IsTaken(port), $"nobody listens at {port}");
    }

    private static bool IsTaken(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveUdpListeners().Any(l => l.Port == port);
}
