using Courier.Media;

namespace Courier.CallCenter.Switch;

/// <summary>What hears what a customer does while a program has the call.</summary>
internal interface ICallEar
{
    /// <summary>A key was pressed.</summary>
    void Pressed(char digit);

    /// <summary>Something was played to its end.</summary>
    void Played(PlayId id);
}
