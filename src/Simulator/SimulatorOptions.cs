namespace Courier.Simulator;

/// <summary>What the simulated world is made of. Directory, key and secret must be set; the rest has a default.</summary>
public sealed class SimulatorOptions
{
    /// <summary>
    /// Gives the base address of the product, asked at every call because a port may be known only after the start.
    /// Null, or an answer of null, means: not known yet, try again later.
    /// </summary>
    public Func<Uri?>? ProductAddress { get; set; }

    /// <summary>Gives the base address under which <c>/sandbox/control</c> lies; null means that of the product.</summary>
    public Func<Uri?>? SandboxAddress { get; set; }

    /// <summary>Gives the hotline's number and the UDP port of this machine at which the product takes calls; null when it takes none.</summary>
    public Func<(string Number, int Port)?>? Hotline { get; set; }

    /// <summary>The directory of the simulator's own state file; made when it is missing.</summary>
    public string Directory { get; set; } = "";

    /// <summary>The key that the carrier core signs with (<c>X-Courier-Key</c>).</summary>
    public string CarrierKey { get; set; } = "";

    /// <summary>The secret of <see cref="CarrierKey"/>, at least 8 characters.</summary>
    public string CarrierSecret { get; set; } = "";

    /// <summary>The lockers that can be played, by their code, with the key and secret of each.</summary>
    public Dictionary<string, (string Key, string Secret)> Lockers { get; } = [];

    /// <summary>What our own waybill numbers begin with; 13 digits follow, the last a Luhn check digit.</summary>
    public string WaybillPrefix { get; set; } = "CY";

    /// <summary>Where every random choice starts from: the same seed at the same time plays the same world.</summary>
    public int Seed { get; set; } = 20260101;

    /// <summary>How many times faster than real time parcels move, 1 to 1000; changed at run time by <c>POST /simulator/speed</c>.</summary>
    public double Speed { get; set; } = 1;

    /// <summary>How often the world is moved on and what is due is sent, in real time.</summary>
    public TimeSpan Beat { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>False when nothing moves by itself: parcels are moved by hand only, and the demo world is not made.</summary>
    public bool Plays { get; set; } = true;

    /// <summary>True to make the demo world at the first start and to keep it moving.</summary>
    public bool Demo { get; set; }

    /// <summary>How many parcels the demo world begins with.</summary>
    public int DemoParcels { get; set; } = 400;

    /// <summary>About how many parcels are on their way by themselves in the demo world.</summary>
    public int LiveParcels { get; set; } = 40;

    /// <summary>The official account that the demo customers follow; empty when nobody is to follow.</summary>
    public string DemoAppId { get; set; } = "";

    /// <summary>How long the demo waits for the code of a phone binding before it tries again later.</summary>
    public TimeSpan CodeWait { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>A day's file that is played at the start (a path, or "demo-day" for the one that comes along); empty for none.</summary>
    public string Replay { get; set; } = "";

    /// <summary>How many times faster than it was that day is played; 0 for as fast as it goes.</summary>
    public double ReplaySpeed { get; set; } = 480;

    /// <summary>How long after the last line the report is written, so that the last pushes arrive.</summary>
    public TimeSpan ReplayRest { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>True when the program ends after the report.</summary>
    public bool ReplayThenStop { get; set; }

    internal void Check()
    {
        Require(ReplaySpeed is >= 0 and <= 100_000, nameof(ReplaySpeed), "0 to 100000");
        Require(Directory != "", nameof(Directory), "a directory of its own");
        Require(CarrierKey != "", nameof(CarrierKey), "the key of a configured carrier core");
        Require(CarrierSecret.Length >= 8, nameof(CarrierSecret), "at least 8 characters");
        Require(WaybillPrefix.Length <= 4 && WaybillPrefix.All(char.IsAsciiLetterUpper), nameof(WaybillPrefix), "up to four capital letters");
        Require(Speed is >= 1 and <= 1000, nameof(Speed), "1 to 1000");
        Require(Beat > TimeSpan.Zero, nameof(Beat), "a positive duration");
        Require(DemoParcels is >= 0 and <= 5000, nameof(DemoParcels), "0 to 5000");
        Require(LiveParcels is >= 0 and <= 1000, nameof(LiveParcels), "0 to 1000");
    }

    static void Require(bool holds, string name, string allowed)
    {
        if (!holds) throw new ArgumentException($"Simulator:{name} must be {allowed}.");
    }
}
