namespace Courier.Simulator;

/// <summary>How the SMS operator behaves.</summary>
internal enum SmsFault { None, Down, Refuse }

/// <summary>Switches that make the world fail on purpose; all off after a start.</summary>
internal sealed class Faults
{
    volatile SmsFault _sms;
    volatile bool _carrierIsDown;

    public SmsFault Sms { get => _sms; set => _sms = value; }

    public bool CarrierIsDown { get => _carrierIsDown; set => _carrierIsDown = value; }
}
