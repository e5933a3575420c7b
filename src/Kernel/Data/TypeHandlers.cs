using System.Data;
using System.Text;
using Dapper;

namespace Courier.Kernel.Data;

/// <summary>
/// How our types lie in columns: times as Unix milliseconds UTC, money as fen, enums as lower snake case text, text values as text.
/// A capability registers its own enums and value types in its module file.
/// </summary>
public static class TypeHandlers
{
    private static readonly Lock Gate = new();
    private static bool _registered;

    /// <summary>Registers the handlers of the Kernel's own types; calling it again does nothing.</summary>
    public static void Register()
    {
        lock (Gate)
        {
            if (_registered) return;
            _registered = true;
            SqlMapper.Settings.PreferTypeHandlersForEnums = true;
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
            SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
            SqlMapper.AddTypeHandler(new TimeHandler());
            SqlMapper.AddTypeHandler(new MoneyHandler());
        }
    }

    /// <summary>Stores an enum as its name in lower snake case (<c>OutForDelivery</c> → <c>out_for_delivery</c>).</summary>
    public static void AddEnum<T>() where T : struct, Enum
    {
        lock (Gate) SqlMapper.AddTypeHandler(new EnumHandler<T>());
    }

    /// <summary>Stores a value type as its text.</summary>
    public static void AddText<T>() where T : struct, ITextValue<T>
    {
        lock (Gate) SqlMapper.AddTypeHandler(new TextHandler<T>());
    }

    private sealed class TimeHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(value, null));

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.ToUnixTimeMilliseconds();
        }
    }

    private sealed class MoneyHandler : SqlMapper.TypeHandler<Money>
    {
        public override Money Parse(object value) => new(Convert.ToInt64(value, null));

        public override void SetValue(IDbDataParameter parameter, Money value)
        {
            parameter.DbType = DbType.Int64;
            parameter.Value = value.Fen;
        }
    }

    private sealed class EnumHandler<T> : SqlMapper.TypeHandler<T> where T : struct, Enum
    {
        public override T Parse(object value) => EnumText<T>.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, T value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = EnumText<T>.Of(value);
        }
    }

    private sealed class TextHandler<T> : SqlMapper.TypeHandler<T> where T : struct, ITextValue<T>
    {
        public override T Parse(object value) =>
            T.TryParse((string)value, null, out var parsed) ? parsed : throw new DataException($"a stored {typeof(T).Name} cannot be read");

        public override void SetValue(IDbDataParameter parameter, T value)
        {
            parameter.DbType = DbType.String;
            parameter.Value = value.Text;
        }
    }
}

/// <summary>The text of an enum's members as stored and sent: lower snake case.</summary>
/// <typeparam name="T">The enum.</typeparam>
public static class EnumText<T> where T : struct, Enum
{
    private static readonly Dictionary<T, string> Names = Enum.GetValues<T>().ToDictionary(v => v, v => Snake(v.ToString()));
    private static readonly Dictionary<string, T> Values = Names.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    /// <summary>The text of a member.</summary>
    public static string Of(T value) => Names[value];

    /// <summary>The member with this text; false when there is none.</summary>
    public static bool TryParse(string? text, out T value)
    {
        value = default;
        return text is not null && Values.TryGetValue(text, out value);
    }

    /// <summary>The member with this text.</summary>
    /// <exception cref="DataException">There is none.</exception>
    public static T Parse(string text) => TryParse(text, out var value) ? value : throw new DataException($"'{text}' is no {typeof(T).Name}");

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var c in name)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }
}
